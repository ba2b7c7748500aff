// Elements made of text: nothing here, or anywhere in this page, reads HTML.

export const $ = (id) => document.getElementById(id);

// h("p", {class: "x", onclick: f, "aria-label": "y"}, "text", element, …)
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const kSvg = "http://www.w3.org/2000/svg";
export function svg(tag, properties = {}, ...children) {
  const element = document.createElementNS(kSvg, tag);
  for (const [name, value] of Object.entries(properties)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// Sets a text only where it differs, so that nothing is laid out, or read aloud, again.
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function mark(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

// The children of `parent` become those of `items`, each made once for its key: what stays keeps its
// element, and with it focus and what is unfolded.
export function keyed(parent, items, key, make, update = () => {}) {
  const before = parent.keyed ?? new Map();
  const after = new Map();
  let place = parent.firstChild;
  for (const item of items) {
    const name = key(item);
    const element = before.get(name) ?? make(item);
    update(element, item);
    after.set(name, element);
    if (element === place) place = place.nextSibling;
    else parent.insertBefore(element, place);
  }
  for (const [name, element] of before) if (!after.has(name)) element.remove();
  parent.keyed = after;
}

// A bar of so much of its width, 0 to 1.
export function bar(label) {
  const fill = h("span", {class: "fill"});
  const element = h("span", {class: "bar", role: "progressbar", "aria-label": label, "aria-valuemin": "0", "aria-valuemax": "100"}, fill);
  element.show = (part, text) => {
    const percent = Math.round(Math.min(Math.max(part, 0), 1) * 100);
    fill.style.width = `${percent}%`;
    mark(element, "aria-valuenow", String(percent));
    if (text) mark(element, "aria-valuetext", text);
  };
  return element;
}
