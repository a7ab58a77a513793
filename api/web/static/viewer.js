// The original of a PDF, drawn a page at a time by pdf.js: the browsers of
// phones have no viewer of their own. Where this fails, the links of the page
// still lead to the text and to the file.

const zooms = [1, 1.25, 1.5, 2, 3, 4]; // times the width of the screen
const widest = 940; // px of a page that is not zoomed: a line must stay readable
const mostPixels = 12e6; // of a canvas, what small phones have memory for

const viewer = document.querySelector(".viewer");
const leaf = document.getElementById("to");
const status = document.getElementById("tinh-trang");
const toText = document.getElementById("phan-chu");
const toFile = document.getElementById("tep");
const field = document.getElementById("trang");
const [previous, next] = viewer.querySelectorAll(".step");
const [smaller, larger] = viewer.querySelectorAll(".zoom button");

let number = Number(viewer.dataset.page);
let zoom = 0; // index of zooms
let turn = 0; // of the latest page asked for; an older one is not shown any more
let drawing = null;
let drawn = { width: 0, density: 0 }; // what the page was drawn for
let lost = false; // the file cannot be read on

async function open() {
  leaf.hidden = false;
  status.textContent = `Đang mở trang ${number}…`;
  const [lib, { ranges, piece }] = await Promise.all([import(viewer.dataset.library), import(viewer.dataset.ranges)]);
  lib.GlobalWorkerOptions.workerSrc = viewer.dataset.worker;
  // Only what the page needs is fetched, never all of a long file.
  const pdf = await lib.getDocument({
    range: ranges(lib, viewer.dataset.original, Number(viewer.dataset.size), lose),
    rangeChunkSize: piece,
    disableAutoFetch: true,
    disableStream: true,
    isEvalSupported: false,
    useWasm: false,
    wasmUrl: viewer.dataset.decoders,
    enableXfa: false,
    verbosity: lib.VerbosityLevel.ERRORS,
  }).promise;

  const show = (n) => turnTo(lib, pdf, Math.min(Math.max(1, n), pdf.numPages));
  listen(show, pdf.numPages);
  await show(number);
}

async function turnTo(lib, pdf, n) {
  const mine = ++turn;
  const moved = n !== number;
  drawing?.cancel();
  number = n;
  point(n, pdf.numPages);
  status.textContent = `Đang mở trang ${n}…`;
  try {
    const page = await pdf.getPage(n);
    if (mine !== turn) return;
    const { sheet, viewport } = await draw(page, n);
    if (mine !== turn) return;
    put(sheet, moved);
    say(n);
    layWords(lib, page, viewport, sheet).catch((error) => console.warn(error)); // the page is seen all the same
  } catch (error) {
    if (mine === turn) fail(error);
  }
}

/** Lays the words over the picture, to be selected and read out. */
async function layWords(lib, page, viewport, sheet) {
  const words = document.createElement("div");
  words.className = "textLayer";
  sheet.append(words);
  sheet.style.setProperty("--total-scale-factor", viewport.scale);
  await new lib.TextLayer({ textContentSource: page.streamTextContent(), container: words, viewport }).render();
  page.cleanup();
}

/** Draws the page as wide as there is room, sharp on every screen. */
async function draw(page, n) {
  const room = Math.min(leaf.clientWidth, widest);
  const viewport = page.getViewport({ scale: (room / page.getViewport({ scale: 1 }).width) * zooms[zoom] });
  const density = Math.min(devicePixelRatio || 1, Math.sqrt(mostPixels / (viewport.width * viewport.height)));
  drawn = { width: leaf.clientWidth, density: devicePixelRatio };
  const canvas = document.createElement("canvas");
  canvas.width = Math.floor(viewport.width * density);
  canvas.height = Math.floor(viewport.height * density);
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `Ảnh trang ${n}`);
  drawing = page.render({ canvas, viewport, transform: [density, 0, 0, density, 0, 0] });
  await drawing.promise;
  const sheet = document.createElement("div");
  sheet.className = "leaf-sheet";
  sheet.style.width = `${viewport.width}px`;
  sheet.style.height = `${viewport.height}px`;
  sheet.append(canvas);
  return { sheet, viewport };
}

/** Lays the sheet in place: a new page from its head, the same page where it was. */
function put(sheet, moved) {
  const middle = (leaf.scrollLeft + leaf.clientWidth / 2) / leaf.scrollWidth;
  const old = leaf.querySelector("canvas");
  leaf.replaceChildren(sheet);
  if (old) old.width = old.height = 0; // Safari keeps the memory otherwise
  leaf.scrollLeft = moved ? 0 : middle * leaf.scrollWidth - leaf.clientWidth / 2;
  if (moved && viewer.querySelector(".viewer-bar").getBoundingClientRect().bottom > leaf.getBoundingClientRect().top) {
    leaf.scrollIntoView({ block: "start" });
  }
}

/** Everything that names the page names page n of count. */
function point(n, count) {
  document.getElementById("vi-tri").textContent = `${n} / ${count}`;
  leaf.setAttribute("aria-label", `Trang ${n} của bản gốc`);
  field.value = n;
  field.max = count;
  aim(previous, n > 1 ? at(location.href, n - 1) : null);
  aim(next, n < count ? at(location.href, n + 1) : null);
  toText.href = at(toText.href, n, `trang-${n}`);
  toFile.href = at(toFile.href, 0, `page=${n}`);
  toFile.textContent = `Mở tệp PDF ở trang ${n}`;
}

function at(address, n, hash = "") {
  const url = new URL(address);
  if (n > 0) url.searchParams.set("trang", n);
  url.hash = hash;
  return url.href;
}

function aim(link, address) {
  link.classList.toggle("off", address === null);
  if (address === null) {
    link.removeAttribute("href");
    link.setAttribute("aria-disabled", "true");
  } else {
    link.href = address;
    link.removeAttribute("aria-disabled");
  }
}

function say(n) {
  status.textContent = `Trang ${n}, ${zoom === 0 ? "vừa màn hình" : `cỡ ${zooms[zoom] * 100}%`}`;
  history.replaceState(null, "", at(location.href, n));
}

/** After this the links load the page anew, which is another try. */
function lose(error) {
  lost = true;
  fail(error);
}

function fail(error) {
  const reasons = {
    PasswordException: "tệp có mật khẩu. Hãy tải tệp về rồi mở bằng mật khẩu.",
    InvalidPDFException: "tệp bị hỏng. Hãy tải tệp về, hoặc xem phần chữ.",
  };
  const reason = lost ? "không tải được tệp. Hãy kiểm tra kết nối mạng rồi mở lại trang này." : reasons[error.name];
  status.textContent = `Không mở được bản gốc; ${reason ?? "hãy mở tệp PDF bằng nút bên dưới, hoặc xem phần chữ."}`;
  if (!leaf.firstChild) leaf.hidden = true;
  console.warn(error);
}

function listen(show, count) {
  const follow = (link, step) => link.addEventListener("click", (event) => {
    if (lost || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (link.hasAttribute("href")) show(number + step);
  });
  follow(previous, -1);
  follow(next, 1);
  field.form.addEventListener("submit", (event) => {
    if (lost) return;
    event.preventDefault();
    if (Number(field.value) !== number) show(Number(field.value));
    leaf.focus();
  });

  const resize = (to) => {
    zoom = Math.min(Math.max(0, to), zooms.length - 1);
    smaller.disabled = zoom === 0;
    larger.disabled = zoom === zooms.length - 1;
    show(number);
  };
  smaller.disabled = true;
  smaller.addEventListener("click", () => resize(zoom - 1));
  larger.addEventListener("click", () => resize(zoom + 1));
  viewer.querySelector(".zoom").hidden = false;

  let timer = 0;
  const redraw = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (lost || drawn.width === 0) return;
      if (leaf.clientWidth !== drawn.width || devicePixelRatio !== drawn.density) show(number);
    }, 150);
  };
  new ResizeObserver(redraw).observe(leaf);
  addEventListener("resize", redraw);

  document.addEventListener("keydown", (event) => {
    const step = steps[event.key]?.();
    if (!step || lost || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.target.matches("input")) return;
    if (number + step < 1 || number + step > count) return;
    event.preventDefault();
    show(number + step);
  });
}

// A key turns the page only where it does not scroll to what is still unseen.
const steps = {
  ArrowLeft: () => (leaf.scrollWidth > leaf.clientWidth ? 0 : -1),
  ArrowRight: () => (leaf.scrollWidth > leaf.clientWidth ? 0 : 1),
  PageUp: () => (leaf.getBoundingClientRect().top < 0 ? 0 : -1),
  PageDown: () => (leaf.getBoundingClientRect().bottom > innerHeight ? 0 : 1),
};

open().catch(fail);
