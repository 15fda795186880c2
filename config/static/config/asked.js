// A question that is asked of some days only appears once the form says one of them. The server
// decides by the same day; where no script runs, the question is there and may be left out.

const DAY = 86400000;
const AGO = { today: 0, yesterday: 1 };

// The day that a form says, as 2019-06-30; empty while it says none.
function said(form, name, today) {
  const chosen = form.querySelector(`[name="${name}"]:checked`)?.value;
  let day = NaN;
  if (chosen in AGO) {
    day = Date.parse(today) - AGO[chosen] * DAY;
  } else if (chosen) {
    const boxes = ["day", "month", "year"].map((part) => form.elements[`${name}_${part}`].value);
    const typed = boxes.join(" ").match(/[\p{L}\d]+/gu) ?? [];
    const [on, month, year] = typed[0]?.length > 2 ? typed.reverse() : typed;
    day = isNaN(month) ? Date.parse(`${on} ${month} ${year} UTC`) : Date.UTC(year, month - 1, on);
  }
  return isNaN(day) ? "" : new Date(day).toISOString().slice(0, 10);
}

for (const question of document.querySelectorAll("[data-asked-after]")) {
  const { askedAfter, askedOf, askedToday } = question.dataset;
  const form = question.closest("form");
  const show = () => {
    question.hidden = said(form, askedOf, askedToday) <= askedAfter;
  };
  form.addEventListener("input", show);
  show();
}
