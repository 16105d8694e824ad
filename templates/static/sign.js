// Lets a signature be drawn, and says at once when a file is too heavy. Without
// it, a picture of a signature can be sent, and the service says the same.
"use strict";

for (const field of document.querySelectorAll("input[type=file][data-most]")) {
  field.addEventListener("change", () => {
    const file = field.files[0];
    field.setCustomValidity(file && file.size > Number(field.dataset.most) ? field.dataset.heavy : "");
    field.reportValidity();
  });
}

const pad = document.querySelector("[data-pad]");
if (pad) {
  const canvas = pad.querySelector("canvas");
  const pen = canvas.getContext("2d");
  const drawn = document.querySelector("[data-drawn]");
  const chosen = document.getElementById("drawing");
  const said = pad.querySelector("[data-said]");
  let last = null;

  const blank = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
  };

  // Only the picture is kept: nothing of how fast or how hard it was drawn.
  const keep = () => {
    drawn.value = canvas.toDataURL("image/png");
    said.textContent = said.dataset.added;
  };

  const clear = () => {
    blank();
    drawn.value = "";
    last = null;
  };

  const place = event => {
    const box = canvas.getBoundingClientRect();
    return {
      x: (event.clientX - box.left - canvas.clientLeft) * canvas.width / canvas.clientWidth,
      y: (event.clientY - box.top - canvas.clientTop) * canvas.height / canvas.clientHeight,
    };
  };

  const draw = to => {
    pen.strokeStyle = "#000";
    pen.lineWidth = 4.5;
    pen.lineCap = pen.lineJoin = "round";
    pen.beginPath();
    pen.moveTo(last.x, last.y);
    pen.lineTo(to.x, to.y);
    pen.stroke();
    last = to;
  };

  canvas.addEventListener("pointerdown", event => {
    if (!event.isPrimary || event.button !== 0) {
      return;
    }
    event.preventDefault();
    try {
      canvas.setPointerCapture(event.pointerId);
    } catch { /* the pointer is gone already */ }
    chosen.value = "";
    last = place(event);
    draw(last);
  });
  canvas.addEventListener("pointermove", event => {
    if (last && event.isPrimary) {
      draw(place(event));
    }
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      if (last) {
        last = null;
        keep();
      }
    });
  }

  pad.querySelector("[data-clear]").addEventListener("click", () => {
    clear();
    said.textContent = said.dataset.erased;
  });
  chosen.addEventListener("change", () => {
    if (chosen.files.length > 0) {
      clear();
      said.textContent = "";
    }
  });

  blank();
  pad.hidden = false;
  const kept = document.querySelector("[data-kept]");
  if (kept) {
    const image = kept.querySelector("img");
    const show = () => {
      const scale = Math.min(1, (canvas.width - 40) / image.naturalWidth, (canvas.height - 20) / image.naturalHeight);
      const w = image.naturalWidth * scale, h = image.naturalHeight * scale;
      pen.drawImage(image, (canvas.width - w) / 2, (canvas.height - h) / 2, w, h);
      kept.hidden = true; // the pad shows it, and its button removes it
      document.querySelector("[data-without]").hidden = true;
    };
    if (image.complete) {
      show();
    } else {
      image.addEventListener("load", show);
    }
  }
}
