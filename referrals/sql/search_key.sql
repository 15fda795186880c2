-- What a child's name is searched by. No locale decides here: every server folds a name alike.

-- A name without case, accents and apostrophes; hyphens and other marks part its words, and Chinese
-- characters each stand alone.
CREATE FUNCTION referrals_folded(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN btrim(regexp_replace(
    regexp_replace(
        normalize(
            replace(replace(replace(replace(
                translate(
                    regexp_replace(
                        normalize(
                            -- apostrophes, and what is written but not seen
                            regexp_replace(
                                name,
                                '[''`´·\u00ad\u02b9-\u02bf\u02c8\u034f\u0640\u061c\u180b-\u180f\u200b-\u200f\u2018\u2019\u201b\u2032\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\uff07]',
                                '', 'g'
                            ),
                            NFKD
                        ),
                        -- accents, and the vowel signs of Hebrew and Arabic
                        '[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]',
                        '', 'g'
                    ),
                    'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
                    'ØøŁłĐđÐðĦħŦŧŊŋıĸƏəƁɓƊɗƘƙƳƴƆɔƐɛ'
                    'ÞÆŒẞ'
                    'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣςΤΥΦΧΨΩ'
                    'АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЂЄЅІЈЉЊЋЏҐҒҖҚҢҮҰҲҺӘӨ'
                    'ԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖ'
                    'ىیکة',
                    'abcdefghijklmnopqrstuvwxyz'
                    'oollddddhhttnnikeebbddkkyyooee'
                    'þæœß'
                    'αβγδεζηθικλμνξοπρσστυφχψω'
                    'абвгдежзиклмнопрстуфхцчшщъыьэюяђєѕіјљњћџґғҗқңүұҳһәө'
                    'աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ'
                    'ييكه'
                ),
                'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'
            ),
            NFC
        ),
        '([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af])', ' \1 ', 'g'
    ),
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b9\u00bb-\u00bf\u2000-\u205f\u3000-\u303f\u30fb]+',
    ' ', 'g'
));

-- The words of both names, folded, each between two spaces; of a name of several words also the
-- words written together, so that Annemarie and Anne-Marie are one.
CREATE FUNCTION referrals_search_key(first_name text, last_name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT regexp_replace(
        ' ' || first || ' ' || last || ' '
            || CASE WHEN first LIKE '% %' THEN replace(first, ' ', '') || ' ' ELSE '' END
            || CASE WHEN last LIKE '% %' THEN replace(last, ' ', '') || ' ' ELSE '' END,
        ' +', ' ', 'g'
    )
    FROM (SELECT referrals_folded(first_name) AS first, referrals_folded(last_name) AS last) folded
);

-- Every three characters in a row of a search key that belong to one word and the space beside it.
CREATE FUNCTION referrals_trigrams(search_key text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
RETURN ARRAY(
    SELECT substr(search_key, place, 3) FROM generate_series(1, length(search_key) - 2) AS place
    WHERE substr(search_key, place + 1, 1) <> ' '
);
