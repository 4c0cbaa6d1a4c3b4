import { PageServer } from '../../check/page-server.ts';

export interface NineWords extends AsyncDisposable {
  readonly address: string;
}

/** A server of the nine words alone. `answersBye`: it lets those go who say good-bye. */
export async function nineWordsServer({ answersBye = true } = {}): Promise<NineWords> {
  const server = new PageServer();
  if (!answersBye) server.bye = () => {};
  const { host, port } = await server.start();
  return { address: `${host}:${port}`, [Symbol.asyncDispose]: () => server.stop() };
}
