// The parts of a long file that pdf.js asks for, in few requests. It looks at
// every page's entry before it shows one, and in a scanned book these lie far
// apart: asked one by one they are hundreds of requests, in large pieces the
// whole book. So it asks for small pieces, and those that it asks for together
// travel in one request (RFC 9110, 14.6).

export const piece = 4096; // bytes that pdf.js asks for at the least

const ahead = 65536; // bytes fetched at once where it reads on from one place
const small = 2 * ahead; // bytes of a file that is fetched whole
const most = 200; // ranges in a request: what proxies take as a header
const kept = 8; // parts kept to be read on from
const attempts = 3;
const pause = 2000; // ms before the next one: what the server asks for

/** A transport for getDocument; broken is told of an error that stays. */
export function ranges(lib, address, length, broken) {
  const transport = new lib.PDFDataRangeTransport(length, null);
  const stop = new AbortController();
  const parts = []; // {begin, bytes}, the latest last
  let asked = [];
  let timer = 0;

  transport.requestDataRange = (begin, end) => {
    asked.push([begin, end]);
    timer ||= setTimeout(send, 5);
  };
  transport.abort = () => stop.abort();
  return transport;

  function answered([begin, end]) {
    const part = parts.find((p) => p.begin <= begin && end <= p.begin + p.bytes.length);
    if (part) transport.onDataRange(begin, part.bytes.slice(begin - part.begin, end - part.begin));
    return Boolean(part);
  }

  function send() {
    timer = 0;
    const missing = asked.filter((range) => !answered(range));
    asked = [];
    for (let i = 0; i < missing.length; i += most) {
      fetchAll(missing.slice(i, i + most)).catch((error) => {
        if (!stop.signal.aborted) broken(error);
      });
    }
  }

  async function fetchAll(batch) {
    const got = await tryToFetch(length <= small ? [[0, length]] : batch.length > 1 ? batch : batch.map(further));
    parts.push(...got);
    for (const range of batch) {
      if (!answered(range)) throw new Error("the server did not send what was asked for");
    }
    parts.splice(0, parts.length - kept);
  }

  function further([begin, end]) {
    return [begin, Math.min(length, Math.max(end, begin + ahead))];
  }

  async function tryToFetch(wanted) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await fetchParts(address, wanted, stop.signal);
      } catch (error) {
        if (attempt === attempts || error.final || stop.signal.aborted) throw error;
        await new Promise((done) => setTimeout(done, pause));
      }
    }
  }
}

/** What the server sends of the wanted ranges: the parts, or the whole file. */
async function fetchParts(address, wanted, signal) {
  const range = wanted.map(([begin, end]) => `${begin}-${end - 1}`).join(",");
  const answer = await fetch(address, { headers: { Range: `bytes=${range}` }, signal });
  if (!answer.ok) {
    const error = new Error(`the server answers ${answer.status}`);
    error.final = answer.status < 500 && answer.status !== 429;
    throw error;
  }
  const type = answer.headers.get("Content-Type") ?? "";
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (answer.status !== 206) return [{ begin: 0, bytes }];
  if (!type.startsWith("multipart/byteranges")) return [{ begin: first(answer.headers.get("Content-Range")), bytes }];
  return split(bytes);
}

function first(contentRange) {
  return Number(/bytes (\d+)-/.exec(contentRange)[1]);
}

/** The parts of a multipart body; each says in its head how long it is. */
function split(bytes) {
  const parts = [];
  for (let at = 0; ;) {
    const head = new TextDecoder("latin1").decode(bytes.subarray(at, at + 512));
    const range = /content-range: *bytes (\d+)-(\d+)/i.exec(head);
    const end = head.indexOf("\r\n\r\n");
    if (!range || end < 0) return parts;
    const [begin, last] = [Number(range[1]), Number(range[2])];
    const from = at + end + 4;
    parts.push({ begin, bytes: bytes.subarray(from, from + last - begin + 1) });
    at = from + last - begin + 1;
  }
}
