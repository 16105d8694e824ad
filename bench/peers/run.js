// Compares the processor time of a certificate of ours with that of its peers.
// Rounds take turns, so that what else the machine does hits all alike; the
// figures are over the rounds. Prints a table.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const rounds = Number(process.argv[2] ?? 7);
const root = new URL("../..", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "peers-"));
process.on("exit", () => rmSync(folder, { recursive: true }));

// On one core nobody's collector takes another one just because it is idle.
const pinned = (command, args, options) => run("taskset", ["-c", "0", command, ...args], options);

const run = (command, args, options) => execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], ...options });

// key makes a key file as an authority would give it. One round of the password
// function only: @signpdf pays it with each signature.
function key(name, kind) {
  const path = (extension) => join(folder, `${name}.${extension}`);
  run("openssl", ["req", "-x509", ...kind, "-nodes", "-days", "30", "-subj", "/CN=Banc d'essai",
    "-addext", "keyUsage=digitalSignature", "-keyout", path("key"), "-out", path("pem")]);
  run("openssl", ["pkcs12", "-export", "-inkey", path("key"), "-in", path("pem"), "-out", path("p12"), "-passout", "pass:peers", "-iter", "1"]);
  return path("p12");
}

const p256 = key("p256", ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]);
const rsa = key("rsa", ["-newkey", "rsa:3072"]);

const binary = join(folder, "pdf.test");
run("go", ["test", "-c", "-o", binary, "./pdf"], { cwd: root });

// ours runs a benchmark of the service and reads its own metrics.
function ours(benchmark) {
  const out = pinned(binary, ["-test.run", "^$", "-test.bench", benchmark, "-test.benchtime", "200x"], { cwd: join(root, "pdf") });
  const metric = (unit) => Number(out.match(new RegExp(`([\\d.]+) ${unit}`))[1]);
  return { ms: metric("cpu-ms/op"), bytes: metric("file-bytes") };
}

const peer = (module, kind, file) => JSON.parse(pinned("node", ["measure.js", module, kind, file], { cwd: import.meta.dirname }));

// Ours comes first in each group.
const groups = {
  "drawn, not signed": { ours: () => ours("^BenchmarkRender$"), "pdf-lib": () => peer("pdf-lib.js", "plain", rsa), "@libpdf/core": () => peer("libpdf.js", "plain", rsa) },
  "signed, P-256": { ours: () => ours("^BenchmarkCertificate$/^P-256$"), "@libpdf/core": () => peer("libpdf.js", "signed", p256) },
  "signed, RSA-3072": { ours: () => ours("^BenchmarkCertificate$/^RSA-3072$"), "pdf-lib + @signpdf": () => peer("pdf-lib.js", "signed", rsa), "@libpdf/core": () => peer("libpdf.js", "signed", rsa) },
};

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

const measured = {};
for (let round = 0; round < rounds; round++) {
  for (const [group, contenders] of Object.entries(groups)) {
    for (const [name, measure] of Object.entries(contenders)) ((measured[group] ??= {})[name] ??= []).push(measure());
  }
}

// The least is what a quiet machine takes; the ratio is of the same round.
console.log(`${rounds} rounds: median and least processor time of a document`);
for (const [group, contenders] of Object.entries(measured)) {
  console.log(`\n${group}`);
  const own = contenders.ours.map((m) => m.ms);
  for (const [name, list] of Object.entries(contenders)) {
    const ms = list.map((m) => m.ms);
    const columns = [name.padEnd(18), `${median(ms).toFixed(2)} ms`.padStart(10), `${Math.min(...ms).toFixed(2)} ms`.padStart(10), `${median(list.map((m) => m.bytes))} bytes`.padStart(12)];
    if (name !== "ours") columns.push(`  ours takes ${median(own.map((m, round) => m / ms[round])).toFixed(3)}, least ${(Math.min(...own) / Math.min(...ms)).toFixed(3)}`);
    console.log("  " + columns.join(" "));
  }
}
