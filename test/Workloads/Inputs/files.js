// test/Workloads/Inputs/files.js: what Node's fs does, on its threads and not.
// SPDX-License-Identifier: Apache-2.0
const fs = require("fs");
const path = require("path");
const say = (...words) => console.log(...words);
const code = (what) => { try { return what() ?? "ok"; } catch (error) { return error.code; } };

async function many() {
  await fs.promises.mkdir("tree/a/b/c", { recursive: true });
  const names = Array.from({ length: 60 }, (_, i) => `tree/a/f${i}`);
  await Promise.all(names.map((name, i) => fs.promises.writeFile(name, `${i}\n`, { mode: 0o640 })));
  const read = await Promise.all(names.map((name) => fs.promises.readFile(name, "utf8")));
  say(read.join("").length, (await fs.promises.readdir("tree", { recursive: true })).length);
  await Promise.all(names.slice(30).map((name) => fs.promises.rename(name, name.replace("/a/", "/a/b/"))));
  await fs.promises.appendFile(names[0], "more\n");
  await fs.promises.truncate(names[1], 1);
  await fs.promises.utimes(names[2], 5, 6);
  await fs.promises.chmod(names[3], 0o444);
  await fs.promises.copyFile(names[4], "copied", fs.constants.COPYFILE_EXCL);
  await fs.promises.copyFile(names[4], "copied", fs.constants.COPYFILE_FICLONE);
  say((await fs.promises.stat(names[2])).mtimeMs, (await fs.promises.stat(names[3])).mode);
}

function whole() {
  fs.cpSync("tree", "copy", { recursive: true, preserveTimestamps: true });
  fs.symlinkSync("copied", "link");
  fs.linkSync("copied", "hard");
  say(fs.readlinkSync("link"), fs.realpathSync("link") === path.resolve("copied"));
  say(path.basename(fs.mkdtempSync("temp-")).length);
  fs.readdirSync(".").filter((name) => name.startsWith("temp-")).forEach((name) => fs.rmdirSync(name));
  fs.rmSync("tree", { recursive: true, force: true });
  const stream = fs.createWriteStream("stream", { flags: "wx" });
  stream.end("x".repeat(100000), () => say(fs.statSync("stream").size));
}

function errors() {
  say(code(() => fs.mkdirSync("copy")), code(() => fs.readFileSync("none")), code(() => fs.rmdirSync("copy")),
      code(() => fs.openSync("copied", "wx")), code(() => fs.readFileSync("copy")), code(() => fs.unlinkSync("copy")),
      code(() => fs.renameSync("copy", "copied")), code(() => fs.mkdirSync("copied/x")), code(() => fs.accessSync("none")),
      code(() => fs.symlinkSync("a", "link")), code(() => fs.writeFileSync("none/x", "")));
}

many().then(whole).then(errors);
