"""The demonstration authority: its services and teams, and how the staff are shared among them."""

AUTHORITY, CODE = "Loddon Borough Council", "999"

ASSESSMENT = "Assessment"
FAMILY_SAFEGUARDING = (
    "Family safeguarding north",
    "Family safeguarding east",
    "Family safeguarding south",
    "Family safeguarding west",
)
CHILDREN_IN_CARE = "Children in care"
YOUNG_PEOPLE = "Young people and care leavers"
DISABLED_CHILDREN = "Disabled children"
EHC_ASSESSMENTS = "EHC assessments"
EHC_REVIEWS = "EHC plans and reviews"

SERVICES = {
    "Help and protection": (ASSESSMENT, *FAMILY_SAFEGUARDING),
    "Children in care and disabilities": (CHILDREN_IN_CARE, YOUNG_PEOPLE, DISABLED_CHILDREN),
    "SEND and inclusion": (EHC_ASSESSMENTS, EHC_REVIEWS),
}

# How a team's share of the social workers compares with the others'.
SHARES = {
    ASSESSMENT: 20,
    **dict.fromkeys(FAMILY_SAFEGUARDING, 12),
    CHILDREN_IN_CARE: 14,
    YOUNG_PEOPLE: 10,
    DISABLED_CHILDREN: 12,
}
