// test/Report/Inputs/chromium.js: a headless Chromium, spoken to over a pipe.
// SPDX-License-Identifier: Apache-2.0
//
// --remote-debugging-pipe: the browser reads messages of the DevTools protocol
// from descriptor 3 and writes them to 4, each ended by a NUL. So no port and
// no package is needed.
"use strict";
const { spawn } = require("child_process");
const fs = require("fs");
const os = require("os");
const path = require("path");

class Chromium {
  constructor() {
    this.profile = fs.mkdtempSync(path.join(os.tmpdir(), "srt-report-"));
    // Root has no sandbox in Chromium; the pages are ours, and in a test.
    this.child = spawn("chromium", [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
      `--user-data-dir=${this.profile}`, "--remote-debugging-pipe", "about:blank",
    ], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"], env: { ...process.env, HOME: this.profile } });
    this.waiting = new Map();
    this.listeners = [];
    this.last = 0;
    let rest = "";
    this.child.stdio[4].on("data", (bytes) => {
      const messages = (rest + bytes).split("\0");
      rest = messages.pop();
      messages.forEach((message) => this.receive(JSON.parse(message)));
    });
    this.child.stdio[3].on("error", () => {});
    this.child.on("exit", () => this.waiting.forEach(({ fail }) => fail(new Error("Chromium ended"))));
    this.child.on("error", (error) => this.waiting.forEach(({ fail }) => fail(error)));
  }

  receive(message) {
    const asked = this.waiting.get(message.id);
    if (!asked) return this.listeners.forEach((listener) => listener(message));
    this.waiting.delete(message.id);
    if (message.error) asked.fail(new Error(message.error.message));
    else asked.done(message.result);
  }

  send(method, params = {}) {
    const id = ++this.last;
    return new Promise((done, fail) => {
      this.waiting.set(id, { done, fail });
      this.child.stdio[3].write(JSON.stringify({ id, method, params, sessionId: this.session }) + "\0");
    });
  }

  /// Resolves with the next event of that name.
  event(method) {
    return new Promise((done) => {
      const listener = (message) => {
        if (message.method !== method) return;
        this.listeners.splice(this.listeners.indexOf(listener), 1);
        done(message.params);
      };
      this.listeners.push(listener);
    });
  }

  async openTab() {
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank" });
    this.session = (await this.send("Target.attachToTarget", { targetId, flatten: true })).sessionId;
    for (const domain of ["Page", "Runtime", "Network", "Log"]) await this.send(`${domain}.enable`);
  }

  async show(url, { width, height = 900, scheme, scripts = true }) {
    await this.send("Emulation.setScriptExecutionDisabled", { value: !scripts });
    await this.send("Emulation.setDeviceMetricsOverride",
                    { width, height, deviceScaleFactor: 1, mobile: width < 600 });
    await this.send("Emulation.setEmulatedMedia",
                    { features: [{ name: "prefers-color-scheme", value: scheme }] });
    const loaded = this.event("Page.loadEventFired");
    await this.send("Page.navigate", { url });
    await loaded;
  }

  async evaluate(expression) {
    const { result, exceptionDetails } =
        await this.send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception.description);
    return result.value;
  }

  /// The bytes of a PNG: what is seen, or the page down to `height`.
  async screenshot(height) {
    const width = await this.evaluate("innerWidth");
    const clip = height && { x: 0, y: 0, width, height, scale: 1 };
    const { data } = await this.send("Page.captureScreenshot",
                                     { captureBeyondViewport: Boolean(clip), ...(clip && { clip }) });
    return Buffer.from(data, "base64");
  }

  async close() {
    const ended = new Promise((done) => this.child.on("exit", done));
    this.send("Browser.close").catch(() => {});
    await ended;
    // Its helpers may still be writing when it is gone.
    fs.rmSync(this.profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

module.exports = { Chromium };
