// Proposes organisations while a name is typed, and shows the laid-out mail at
// once. Without it, a button does the same.
"use strict";

const form = document.querySelector("form[data-find]");
if (form) {
  const field = form.querySelector("input[name=q]");
  const part = name => document.querySelector("[data-" + name + "]");
  let asked = 0, waiting = 0;

  const line = match => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = match.address;
    link.textContent = match.label;
    item.append(link);
    for (const [name, text] of [["soft", match.where], ["tag", match.known]]) {
      if (text) {
        const span = document.createElement("span");
        span.className = name;
        span.textContent = text;
        item.append(span);
      }
    }
    return item;
  };

  const show = answer => {
    part("found").hidden = false;
    part("none").hidden = answer.matches.length > 0;
    part("more").hidden = !answer.more;
    part("list").replaceChildren(...answer.matches.map(line));
    part("said").textContent = answer.said;
  };

  const ask = async () => {
    const query = field.value.trim(), turn = ++asked;
    const other = part("other");
    other.href = other.dataset.other + (query ? "&nom=" + encodeURIComponent(query) : "");
    if (query.length < 2) {
      part("found").hidden = true;
      return;
    }
    try {
      const response = await fetch(form.dataset.find + "?q=" + encodeURIComponent(query), {headers: {Accept: "application/json"}});
      if (response.ok && turn === asked) {
        show(await response.json());
      }
    } catch { /* the button still works */ }
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 200);
  });
}

const preview = document.querySelector("form[data-send]");
if (preview) {
  preview.requestSubmit();
  preview.querySelector("button").hidden = true;
}
