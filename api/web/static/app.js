// Suggestions while typing, in the ARIA combobox pattern (editable, list
// autocomplete, manual selection), and a button that copies a citation.
// Everything works without this file.

const pause = 120; // ms after the last key

/** @param {string} title */
const capital = (title) => title.charAt(0).toLocaleUpperCase("vi") + title.slice(1);

const validities = {
  in_force: "còn hiệu lực", not_yet_in_force: "chưa có hiệu lực", amended: "đã được sửa đổi, bổ sung",
  replaced: "đã được thay thế", repealed: "đã bị bãi bỏ", unverified: "chưa xác minh hiệu lực",
};

/** A text without accents, letter for letter. @param {string} text */
const bare = (text) => Array.from(text.normalize("NFC"), (letter) => letter.normalize("NFD")[0].toLowerCase().replace("đ", "d")).join("");

/**
 * Where the typed words begin words of a text: [from, to) in letters, ascending.
 * @param {string} text @param {string} typed
 */
function typedIn(text, typed) {
  const all = bare(typed).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const words = new Set(all.filter((word) => word.length > 1 || all.length === 1)); // a letter begins words everywhere
  const found = [];
  for (const word of bare(text).matchAll(/[\p{L}\p{N}]+/gu)) {
    let longest = 0;
    for (const begun of words) if (word[0].startsWith(begun)) longest = Math.max(longest, begun.length);
    if (longest > 0) found.push([word.index, word.index + longest]);
  }
  return found;
}

const room = 70; // letters before the typed words that a narrow screen still shows

/**
 * A title with the typed words marked, begun later where it would be cut off
 * before the run that has most of them.
 */
function marked(text, typed) {
  const letters = Array.from(text.normalize("NFC"));
  const found = typedIn(text, typed);
  let best = 0, most = 0;
  for (const [from] of found) {
    const near = found.filter(([at]) => at >= from && at < from + room).length;
    if (near > most) [best, most] = [from, near];
  }
  let at = 0;
  if (best > room) {
    at = letters.lastIndexOf(" ", best - 12) + 1;
  }
  const parts = at > 0 ? ["… "] : [];
  for (const [from, to] of found) {
    if (from < at) continue;
    parts.push(letters.slice(at, from).join(""));
    const mark = document.createElement("mark");
    mark.textContent = letters.slice(from, to).join("");
    parts.push(mark);
    at = to;
  }
  parts.push(letters.slice(at).join(""));
  return parts;
}

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
    if (suggestion.type === "document") {
      const name = document.createElement("b");
      name.textContent = [suggestion.kind, suggestion.number].filter(Boolean).join(" ");
      const about = document.createElement("small");
      about.textContent = [suggestion.issued?.slice(0, 4) && "năm " + suggestion.issued.slice(0, 4), validities[suggestion.validity]].filter(Boolean).join(" · ");
      item.append(name, " ", about, " ");
      label.append(...marked(capital(suggestion.text), input.value));
    } else {
      label.append(...marked(suggestion.text, input.value));
    }
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

/** A button behind a text that copies it, where the browser allows that. @param {HTMLElement} text */
function copier(text) {
  if (!navigator.clipboard) return; // without HTTPS; a click on the text selects it all
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text.dataset.copy;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent.trim());
      button.textContent = "Đã chép";
    } catch {
      getSelection().selectAllChildren(text); // to be copied by hand
    }
  });
  text.after(button);
}

document.querySelectorAll("[data-suggest]").forEach(combobox);
document.querySelectorAll("[data-copy]").forEach(copier);
