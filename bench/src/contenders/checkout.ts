import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Server } from './contender.ts';
import { launch, printed, serverOf } from './launch.ts';

const root = new URL('../../../', import.meta.url);

/** The path of a file of this checkout; `file` is given from its root. */
export function inCheckout(file: string): string {
  return fileURLToPath(new URL(file, root));
}

const node = inCheckout('node_modules/.bin/node');

/** Starts a server in the checkout's own Node.js; it prints the address that it takes. `tidy` is called once it has ended. */
export async function startInNode(args: readonly string[], tidy?: () => void): Promise<Server> {
  const child = launch(node, args);
  const [, port] = await printed(child, /127\.0\.0\.1:(\d+)/);
  return serverOf(child, Number(port), tidy);
}

/** The same for one that prints two addresses: `both` finds the port of its lines, then that of its WebSockets. */
export async function startWithBoth(
  args: readonly string[],
  both: RegExp,
  tidy?: () => void,
): Promise<Server> {
  const child = launch(node, args);
  const [, port, webPort] = await printed(child, both);
  return { ...serverOf(child, Number(port), tidy), webPort: Number(webPort) };
}

/** The version of a package in `folder`, and of the Node.js that runs it; null if it isn't there. */
export function packageVersion(folder: string): string | null {
  const manifest = inCheckout(`${folder}/package.json`);
  if (!existsSync(manifest)) return null;
  const version = /"version": *"([^"]+)"/.exec(readFileSync(manifest, 'utf8'))?.[1];
  return `${version ?? 'unknown'}, Node.js ${process.versions.node}`;
}
