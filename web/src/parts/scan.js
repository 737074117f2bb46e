/**
 * The camera, looking for a QR code: the browser's own reader where it has one, else ours in a worker that is loaded at the first
 * scan. Pictures stay in the memory of the page.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "../html.js";

/** @typedef {(video: HTMLVideoElement) => Promise<string>} Reader gives the text of a code, or nothing */

const EACH_MS = 200;
const WIDEST = 640;

/** @returns {Promise<Reader | null>} */
async function ofBrowser() {
  const { BarcodeDetector } = /** @type {any} */ (globalThis);
  const formats = await BarcodeDetector?.getSupportedFormats().catch(() => []);
  if (!formats?.includes("qr_code")) return null;
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  return async (video) => (await detector.detect(video).catch(() => []))[0]?.rawValue ?? "";
}

/** @param {Worker} worker @returns {Reader} */
function ofWorker(worker) {
  const canvas = document.createElement("canvas");
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  return (video) =>
    new Promise((resolve) => {
      const scale = Math.min(1, WIDEST / video.videoWidth);
      canvas.width = Math.round(video.videoWidth * scale);
      canvas.height = Math.round(video.videoHeight * scale);
      context.drawImage(video, 0, 0, canvas.width, canvas.height);
      const { data: pixels, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = () => resolve("");
      worker.postMessage({ pixels, width, height }, [pixels.buffer]);
    });
}

/**
 * @param {{onRead: (text: string) => void, onClose: () => void,
 *   words: {label: string, looking: string, none: string, refused: string, close: string}}} props
 */
export default function Scan({ onRead, onClose, words }) {
  const video = useRef(/** @type {HTMLVideoElement | null} */ (null));
  const [problem, setProblem] = useState("");
  const read = useRef(onRead);
  read.current = onRead;
  useEffect(() => {
    let over = false;
    /** @type {MediaStream | undefined} */
    let stream;
    /** @type {Worker | undefined} */
    let worker;
    const look = async () => {
      if (!navigator.mediaDevices) return setProblem(words.none);
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      } catch (error) {
        return setProblem(/** @type {Error} */ (error).name === "NotAllowedError" ? words.refused : words.none);
      }
      const picture = video.current;
      if (over || picture === null) return stop();
      picture.srcObject = stream;
      await picture.play().catch(() => undefined);
      let reader = await ofBrowser();
      if (reader === null) {
        worker = new Worker(new URL("./scan.worker.js", import.meta.url), { type: "module" });
        reader = ofWorker(worker);
      }
      let last = "";
      while (!over) {
        const text = picture.videoWidth > 0 ? await reader(picture) : "";
        // The same code stays in sight for a while; it is told once.
        if (!over && text && text !== last) read.current(text);
        last = text || last;
        await new Promise((resolve) => setTimeout(resolve, EACH_MS));
      }
    };
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
      worker?.terminate();
    };
    void look();
    return () => {
      over = true;
      stop();
    };
  }, []);
  return html`
    <div class="scan">
      ${problem
        ? html`<p class="warning" role="status">${problem}</p>`
        : html`<video ref=${video} class="scan-picture" muted playsinline aria-label=${words.label}></video>
            <p class="hint" role="status">${words.looking}</p>`}
      <button type="button" class="button" onClick=${onClose}>${words.close}</button>
    </div>
  `;
}
