import type { Office } from '../office/office.ts';
import type { Chapters } from './kit/chapter.ts';

/** Every dialog by the name that menus, buttons and other dialogs call it: `name: chapter(dialog, new URL('./file.ts', import.meta.url))`. */
export const chapters: Chapters<Office> = {};
