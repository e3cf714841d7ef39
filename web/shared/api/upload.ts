import { readCookie } from "./cookie.ts";
import { noAnswer, readProblem } from "./problem.ts";

export type Upload<Answer> = { done: Promise<Answer>; stop: () => void };

/** Sends a file as it is, and tells how far it is (0 to 1). Fails with a `Problem`; a file that was stopped never ends. */
export function upload<Answer>(path: string, file: File, onProgress: (part: number) => void): Upload<Answer> {
  const request = new XMLHttpRequest();
  const done = new Promise<Answer>((resolve, reject) => {
    request.open("POST", path);
    request.responseType = "json";
    request.setRequestHeader("content-type", file.type || "application/octet-stream");
    request.setRequestHeader("x-file-name", encodeURIComponent(file.name.toWellFormed()));
    const token = readCookie(document.cookie, "hubbub_csrf");
    if (token) request.setRequestHeader("x-csrf-token", token);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response as Answer);
      else reject(readProblem(request.status, request.response, request.getResponseHeader("retry-after")));
    };
    request.onerror = () => reject(noAnswer(true, navigator.onLine));
    request.send(file);
  });
  return { done, stop: () => request.abort() };
}
