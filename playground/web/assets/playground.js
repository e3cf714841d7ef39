// Small comforts; every page works without them.

const main = document.querySelector("main");

// Lists refresh themselves: the server says that something changed, the page fetches itself and takes over what differs.

const REFRESH_MS = 600;
let refreshing = false;
let wanted = false;
let timer = 0;

function concernsPage(change) {
  const [kind, id] = (main.dataset.live ?? "").split(":");
  if (kind === "posts") return !change.dms;
  if (kind === "dms") return change.dms === true;
  if (kind === "root") return change.root === id;
  if (kind === "by") return change.by === id || change.profile === id;
  return false;
}

function refreshSoon() {
  wanted = true;
  if (timer || refreshing || document.hidden) return;
  timer = setTimeout(refresh, REFRESH_MS);
}

async function refresh() {
  timer = 0;
  wanted = false;
  refreshing = true;
  try {
    const response = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-store" });
    if (response.ok) takeOver(new DOMParser().parseFromString(await response.text(), "text/html"));
  } catch {
    // Off line: the next change, or the next connection, tries again.
  } finally {
    refreshing = false;
    if (wanted) refreshSoon();
  }
}

function takeOver(fresh) {
  for (const now of document.querySelectorAll("[data-sync]")) {
    const next = fresh.getElementById(now.id);
    if (next && next.innerHTML !== now.innerHTML && !now.contains(document.activeElement)) now.replaceWith(next);
  }
  for (const list of document.querySelectorAll("[data-list]")) {
    const next = fresh.getElementById(list.id);
    if (next) takeOverList(list, next);
  }
  const empty = document.querySelector("p.empty");
  if (empty && !fresh.querySelector("p.empty")) empty.remove();
}

function takeOverList(list, next) {
  const isFeed = list.id === "feed";
  const reading = isFeed && window.scrollY > 240;
  const known = new Map([...list.children].map((child) => [child.dataset.key, child]));
  let added = 0;
  let place = list.firstElementChild;
  for (const child of [...next.children]) {
    const now = known.get(child.dataset.key);
    known.delete(child.dataset.key);
    if (!now) {
      added++;
      if (reading) continue;
      child.classList.add("new");
      list.insertBefore(child, place);
      continue;
    }
    const busy = now.contains(document.activeElement) || now.querySelector("details[open]");
    let here = now;
    if (!busy && now.innerHTML !== child.innerHTML) {
      now.replaceWith(child);
      here = child;
    }
    if (place === now) place = here;
    if (place === here) place = here.nextElementSibling;
    else list.insertBefore(here, place);
  }
  if (reading) {
    if (added > 0) offerNew(added);
  } else for (const gone of known.values()) gone.remove();
  if (list.id === "chat" && added > 0) list.lastElementChild?.scrollIntoView({ block: "nearest" });
}

function offerNew(count) {
  let pill = document.getElementById("new-posts");
  if (!pill) {
    pill = document.createElement("button");
    pill.id = "new-posts";
    pill.className = "b main-act";
    pill.addEventListener("click", () => {
      pill.remove();
      window.scrollTo({ top: 0 });
      refresh();
    });
    main.append(pill);
  }
  pill.textContent = count === 1 ? "1 new post" : `${count} new posts`;
}

if (main.dataset.live) {
  const stream = new EventSource("/live");
  stream.addEventListener("message", (event) => {
    const change = JSON.parse(event.data);
    if (concernsPage(change) || change.dms) refreshSoon();
  });
  let opened = false;
  stream.addEventListener("open", () => {
    if (opened) refreshSoon(); // something may have happened in between
    opened = true;
  });
  document.addEventListener("visibilitychange", () => wanted && refreshSoon());
}

// Quiet forms: like, follow and chat without a page change. When it is refused, the browser sends the form itself and shows why.

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-quiet]") || form.dataset.sending) return;
  event.preventDefault();
  form.dataset.sending = "1";
  const data = new URLSearchParams(new FormData(form, event.submitter));
  const response = await fetch(form.action, { method: "POST", body: data, redirect: "manual" }).catch(() => null);
  delete form.dataset.sending;
  if (response?.type !== "opaqueredirect") return form.submit();
  if (form.hasAttribute("data-clear")) {
    const text = form.elements.namedItem("text");
    text.value = "";
    text.dispatchEvent(new Event("input"));
    form.dispatchEvent(new Event("cleared"));
    form.elements.namedItem("command").value = crypto.randomUUID?.() ?? String(Date.now()).padStart(16, "0");
  } else document.activeElement?.blur();
  await refresh();
});

// Characters left, counted as people count them.

const segmenter = new Intl.Segmenter();
for (const area of document.querySelectorAll("textarea[data-limit]")) {
  const left = area.form.querySelector("[data-left]");
  const show = () => {
    const rest = Number(area.dataset.limit) - [...segmenter.segment(area.value.trim())].length;
    if (left) left.textContent = rest < 100 ? (rest < 0 ? `${-rest} too many` : `${rest} left`) : "";
    left?.classList.toggle("over", rest < 0);
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight + 2, 360)}px`;
  };
  area.addEventListener("input", show);
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) area.form.requestSubmit();
  });
  if (area.value) show();
}

document.querySelector(".chat")?.lastElementChild?.scrollIntoView({ block: "nearest" });

// Pictures: each is uploaded as soon as it is chosen, and goes with the next post under the words that describe it.

for (const box of document.querySelectorAll("[data-pictures]")) {
  const { form } = box.querySelector("input");
  const [chooser, list] = [box.querySelector("input"), box.querySelector("ul")];
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "media" });
  form.append(field);
  box.hidden = false;
  const keep = () => {
    const named = [...list.children].map((item) => ({ id: item.dataset.id, alt: item.querySelector("input").value }));
    field.value = named.length > 0 ? JSON.stringify(named) : "";
  };
  chooser.addEventListener("change", async () => {
    for (const file of [...chooser.files].slice(0, 4 - list.children.length)) {
      const headers = { "content-type": file.type, "x-form-token": form.elements.namedItem("token").value };
      const answer = await fetch("/web/media", { method: "POST", headers, body: file }).catch(() => null);
      if (!answer?.ok) continue;
      const { id } = await answer.json();
      const item = document.createElement("li");
      item.dataset.id = id;
      const words = document.createElement("input");
      Object.assign(words, { placeholder: "Describe it", maxLength: 1000 });
      words.setAttribute("aria-label", `Describe ${file.name}`);
      words.addEventListener("input", keep);
      const gone = Object.assign(document.createElement("button"), {
        type: "button",
        className: "b",
        textContent: "Remove",
      });
      gone.addEventListener("click", () => {
        item.remove();
        keep();
      });
      item.append(file.name, words, gone);
      list.append(item);
    }
    chooser.value = "";
    keep();
  });
  form.addEventListener("cleared", () => {
    list.replaceChildren();
    keep();
  });
}
