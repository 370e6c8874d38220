// What htmx cannot know: not to replace what is being read, and to say when nothing comes any more.
"use strict";
(() => {
  const live = document.getElementById("live");
  const lost = live.querySelector(".lost-touch");
  const isInUse = (part) => part.contains(document.activeElement) || part.matches(":hover:has(a:hover)");

  document.body.addEventListener("htmx:sseBeforeMessage", (event) => {
    if (isInUse(event.target)) event.preventDefault();
  });
  document.body.addEventListener("htmx:sseOpen", () => { lost.hidden = true; });
  document.body.addEventListener("htmx:sseError", () => { lost.hidden = false; });
})();
