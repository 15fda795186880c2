// Says before the page is drawn that scripts run, so that GOV.UK's components are shown ready.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
