/**
 * Does what the official binary's default app does: `electron <path>` starts the app in that
 * folder (or the file) under its own name and version. Being a module, it holds back the `ready`
 * event until the app's own code has run, as the official one does.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const require = createRequire(import.meta.url);
const addonPath = join(import.meta.dirname, 'addon-path');
if (existsSync(addonPath)) process.env.HOOKLINE_SQLITE_ADDON ??= readFileSync(addonPath, 'utf8');
require('./sqlite-addon.cjs');

const given = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (given === undefined) {
  console.error('Usage: electron <folder of an app>');
  app.exit(2);
} else {
  Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true });
  await import(pathToFileURL(openPackage(resolve(given))).href);
}

/** Takes over the app's name, version and folder; returns the file to run. */
function openPackage(path) {
  const packageFile = join(path, 'package.json');
  if (!existsSync(packageFile)) {
    app.setAppPath(dirname(path));
    return path;
  }
  const { name, productName, version, desktopName, main } = JSON.parse(
    readFileSync(packageFile, 'utf8'),
  );
  if (version) app.setVersion(version);
  if (productName ?? name) app.name = productName ?? name;
  app.setDesktopName(desktopName ?? `${app.name}.desktop`);
  app.setAppPath(path);
  return join(path, main ?? 'index.js');
}
