import { benchFaults, faultsBenchLines, faultsTroubles } from '/work/main/test/bench/faults.ts';
const only = process.argv[2] ?? '';
const b = await benchFaults({ guests: 3, only }, (l) => console.log(l));
console.log(faultsBenchLines(b).join('\n'));
console.log('TROUBLES', faultsTroubles(b));
process.exit(0);
