// Selects a text that is to be copied whole, and offers a button that does it.
// Without it, the text is selected as any other.
"use strict";

for (const field of document.querySelectorAll("textarea[data-copy]")) {
  const button = document.createElement("button");
  const said = document.createElement("span");
  button.type = "button";
  button.className = "second";
  button.textContent = field.dataset.copy;
  button.setAttribute("aria-describedby", field.id + "-label");
  said.setAttribute("role", "status");
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = " " + field.dataset.copied;
    } catch {
      said.textContent = "";
    }
  });
  field.after(button, said);
}
