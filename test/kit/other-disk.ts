import { statSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Memory that every Linux has as a disk of its own. */
const SHARED_MEMORY = '/dev/shm';

const deviceOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.dev;

/** Whether there is a disk besides that of temporary files: a rename does not lead there. */
export const HAS_OTHER_DISK = ![undefined, deviceOf(tmpdir())].includes(deviceOf(SHARED_MEMORY));

/** A fresh folder there. */
export const folderOnOtherDisk = (): Promise<string> => mkdtemp(join(SHARED_MEMORY, 'inkomus-'));
