import { lstat } from 'node:fs/promises';
import { join } from 'node:path';

export const ROOMS = ['in', 'taking', 'begun', 'done', 'refused', 'out'] as const;
export type Room = (typeof ROOMS)[number];

/** Where the rooms of a folder of registries are, and what lies in them. */
export type Rooms = {
  /** Without a name the room itself. */
  place: (room: Room, name?: string) => string;
  /** By a name in bytes: not all are UTF-8. */
  pathIn: (room: Room, name: Buffer) => Buffer;
};

export function roomsIn(folder: string): Rooms {
  const place = (room: Room, name = '') => join(folder, room, name);
  return {
    place,
    pathIn: (room, name) => Buffer.concat([Buffer.from(`${place(room)}/`), name]),
  };
}

/** Whether anything has that name, a link to nothing included. */
export const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );
