// Runs before anything is drawn: light or dark as the person chose here, else as the device has it.
{
  let chosen = "";
  try {
    chosen = localStorage.getItem("theme") ?? "";
  } catch {
    // a browser may refuse storage inside another page
  }
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
}
