/** Which parts of the list of chats are folded, kept in the browser. */
const STORED = 'sandbox-folds';

/** @returns {Record<string, boolean>} */
function load() {
  try {
    return /** @type {Record<string, boolean>} */ (JSON.parse(localStorage.getItem(STORED) ?? '{}'));
  } catch {
    // Stored by another version of the page.
    return {};
  }
}

let folds = load();
addEventListener('storage', () => (folds = load()));

/** @param {string} key @returns {boolean} closed topics are folded until they are asked for */
export const isFolded = (key) => folds[key] ?? key.startsWith('closed:');

/** @param {string} key */
export function turnFold(key) {
  folds = { ...folds, [key]: !isFolded(key) };
  localStorage.setItem(STORED, JSON.stringify(folds));
}
