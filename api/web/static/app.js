// Suggestions while typing: the ARIA combobox pattern (editable, list
// autocomplete, manual selection). Everything else works without this file.

const pause = 120; // ms after the last key

/** @param {string} title */
const capital = (title) => title.charAt(0).toLocaleUpperCase("vi") + title.slice(1);

/** @param {string} issued an ISO date, "" where unknown */
const day = (issued) => issued ? "ngày " + issued.split("-").reverse().join("/") : "";

// What a reader must know before opening a document that no longer holds.
const ended = { replaced: "đã được thay thế", repealed: "đã bị bãi bỏ", not_yet_in_force: "chưa có hiệu lực" };

/** @param {HTMLInputElement} input */
function combobox(input) {
  const list = document.getElementById("goi-y");
  const status = document.getElementById("goi-y-dem");
  let suggestions = [];
  let active = -1;
  let timer = 0;
  let request = null;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  close();

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function cancel() {
    clearTimeout(timer);
    request?.abort();
    request = null;
  }

  function option(suggestion, i) {
    const item = document.createElement("li");
    item.id = `goi-y-${i}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.className = suggestion.type; // document: opens it; query: searches for it
    const label = document.createElement("span");
    if (suggestion.number) {
      const number = document.createElement("b");
      number.textContent = suggestion.number;
      label.append(number, " ");
      const known = [day(suggestion.issued), ended[suggestion.validity]].filter(Boolean).join(", ");
      if (known) {
        const about = document.createElement("small");
        about.textContent = known;
        label.append(about, " ");
      }
    }
    label.append(suggestion.type === "document" ? capital(suggestion.text) : suggestion.text);
    item.append(label);
    item.addEventListener("mousedown", (event) => event.preventDefault()); // keep the focus
    item.addEventListener("click", () => open(suggestion));
    return item;
  }

  function show(found) {
    suggestions = found;
    list.replaceChildren(...found.map(option));
    if (found.length === 0) {
      close();
      status.textContent = "";
      return;
    }
    active = -1;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    input.removeAttribute("aria-activedescendant");
    status.textContent = `${found.length} gợi ý, dùng phím mũi tên để chọn`;
  }

  function open(suggestion) {
    cancel();
    close();
    location.assign(suggestion.url);
  }

  function move(to) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = to;
    const item = list.children[active];
    if (!item) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", item.id);
  }

  async function ask() {
    const typed = input.value.trim();
    if (typed === "") {
      show([]);
      return;
    }
    request = new AbortController();
    try {
      const answer = await fetch(`/api/v1/suggest?${new URLSearchParams({ q: typed })}`, { signal: request.signal });
      show(answer.ok ? (await answer.json()).suggestions : []);
    } catch (error) {
      if (error.name !== "AbortError") close(); // offline: the form still searches
    }
  }

  input.addEventListener("input", () => {
    cancel();
    timer = setTimeout(ask, pause);
  });
  input.addEventListener("blur", () => {
    cancel();
    close();
  });
  input.form.addEventListener("submit", (event) => {
    if (active >= 0) { // Enter on a suggestion
      event.preventDefault();
      open(suggestions[active]);
      return;
    }
    cancel();
    close();
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const last = suggestions.length - 1;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        event.preventDefault();
        cancel(); // who chooses must not have the list changed under the hand
        if (list.hidden) {
          if (last >= 0) show(suggestions);
          else ask();
          return;
        }
        if (event.key === "ArrowDown") move(active === last ? -1 : active + 1);
        else move(active === -1 ? last : active - 1);
        return;
      case "Escape":
        cancel();
        if (!list.hidden) {
          event.preventDefault();
          close();
        }
    }
  });
}

document.querySelectorAll("[data-suggest]").forEach(combobox);
