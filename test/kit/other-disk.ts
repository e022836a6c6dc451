import { statSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const deviceOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.dev;

/** A folder of a disk that is not that of temporary files; memory is one, on every Linux. Undefined: there is one disk alone. */
const PLACE = ['/dev/shm', '/var/tmp'].find((path) => ![undefined, deviceOf(tmpdir())].includes(deviceOf(path)));

/** Whether there is a disk to which no rename leads. */
export const HAS_OTHER_DISK = PLACE !== undefined;

/** A fresh folder there. */
export const folderOnOtherDisk = (): Promise<string> => mkdtemp(join(PLACE ?? tmpdir(), 'inkomus-'));
