// The phone's figures beside their budgets, in one table: taps and typed characters of every task, speed on a processor six times slower
// with an empty store and with 10,000 records in it, opening the lock, the first load on slow 3G, and bytes. Ends with an error when a budget is missed.
//
// `node bench.mjs [runs]`: figures of speed are medians of that many runs, five unless told.

import { cpus, loadavg } from 'node:os';

import { bytes } from './bench/bytes.mjs';
import { firstLoad } from './bench/first-load.mjs';
import { lock } from './bench/lock.mjs';
import { speed } from './bench/speed.mjs';
import { print } from './bench/table.mjs';
import { taps } from './bench/taps.mjs';
import { wire } from './bench/wire.mjs';

const RUNS = Number(process.argv[2] ?? 5);

const lines = [...bytes(), ...(await taps()), ...(await wire()), ...(await firstLoad(RUNS)), ...(await lock(RUNS)), ...(await speed(RUNS))];
print(lines);
console.log(`Medians of ${RUNS} runs; load ${loadavg()[0].toFixed(1)} on ${cpus().length} cores.`);
const missed = lines.filter((line) => line.missed);
for (const { name, figure, budget } of missed) console.error(`missed: ${name}: ${figure}, budget ${budget}`);
if (missed.length > 0) process.exitCode = 1;
