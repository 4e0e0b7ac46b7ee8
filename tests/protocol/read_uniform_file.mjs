// Reads a uniform file with the record parsers of @accounter/shaam-uniform-format-generator,
// and writes what they found as JSON. Its reader of whole files is a stub that reads
// nothing, so its parsers of records are called one by one.
//
// usage: node read_uniform_file.cjs NODE_MODULES BKMVDATA.TXT INI.TXT
// Its CommonJS build needs a package that it does not declare: so this is a module.
import fs from "node:fs";
import path from "node:path";
const [modules, data, ini] = process.argv.slice(2);
const build = path.join("@accounter", "shaam-uniform-format-generator", "dist", "esm");
const lib = await import(path.join(modules, build, "index.js"));
const {default: iconv} = await import(path.join(modules, "iconv-lite", "lib", "index.js"));

const lines = (file) =>
    iconv.decode(fs.readFileSync(file), "iso-8859-8")
        .split("\r\n")
        .filter((line) => line !== "");

// Where the package differs from the paper, its parsers get what they expect. All else
// is read where the paper has it: columns, numbers, dates, types.
// - Amounts of C100 and D120 are X9(12)V99 in the paper, and have a point in the package.
// - C100 has 444 columns and its canceled fields have none (4.3); the package has 445,
//   with room for the canceled ones. What lies before column 400 is the same in both.
// - D110 needs a branch in the package; in the paper only if field 1034 says so.
// - D120 has codes of card companies that are zero for other means of payment.
const replaced = (line, from, to, change) =>
    line.slice(0, from - 1) +
    change(line.slice(from - 1, to)).padEnd(to - from + 1) +
    line.slice(to);
const pointed = (text) => {
    if (text.trim() === "") return "";
    const amount = (parseInt(text, 10) / 100).toFixed(2);
    if (!/^[+-]\d+$/.test(text) || amount === "NaN") throw new Error(`amount ${text}`);
    return amount;
};
const AMOUNTS = [
    [270, 284],
    [288, 302],
    [303, 317],
    [318, 332],
    [333, 347],
    [348, 362],
    [363, 374],
];
const c100 = (line) => {
    if (line.length !== 444) throw new Error(`C100 of ${line.length} columns`);
    const amounts = AMOUNTS.reduce((l, [from, to]) => replaced(l, from, to, pointed), line);
    return lib.parseC100(amounts.slice(0, 399).padEnd(445));
};
const d110 = (line) => lib.parseD110(replaced(line, 290, 296, () => "0"));
const d120 = (line) => {
    const blank = (code) => (code === "0" ? "" : code);
    const codes = [119, 140].reduce((l, at) => replaced(l, at, at, blank), line);
    return lib.parseD120(replaced(codes, 104, 118, pointed));
};

const parsers = {
    A000: lib.parseA000,
    A100: lib.parseA100,
    B100: lib.parseB100,
    B110: lib.parseB110,
    C100: c100,
    D110: d110,
    D120: d120,
    Z900: lib.parseZ900,
};
const found = [...lines(ini).slice(0, 1), ...lines(data)].map((line) => {
    const name = line.slice(0, 4);
    try {
        return {name, record: parsers[name](line)};
    } catch (error) {
        return {name, error: String(error), line};
    }
});
const sums = lines(ini).slice(1).map((line) => lib.parseA000Sum(line));
process.stdout.write(JSON.stringify({found, sums}));
