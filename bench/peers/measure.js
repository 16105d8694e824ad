// Makes documents of one kind with one peer and prints what each took:
//
//	node measure.js pdf-lib.js signed key.p12 [file to keep]
//
// The processor time is the whole process's, collector included, per document,
// once the just-in-time compiler has seen enough of them.
import { readFileSync, writeFileSync } from "node:fs";

const warm = 30, counted = 20;

const [, , module, kind, key, keep] = process.argv;
const { peer } = await import(`./${module}`);
const make = (await peer({ p12: readFileSync(key), password: "peers" }))[kind];

let file;
for (let i = 0; i < warm; i++) file = await make();
if (keep) writeFileSync(keep, file);
const before = process.cpuUsage();
for (let i = 0; i < counted; i++) file = await make();
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ ms: (user + system) / 1000 / counted, bytes: file.length }));
