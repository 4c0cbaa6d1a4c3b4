/** Asks a server's admin-http, as Prometheus or an operator would. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { RunningServer } from '../server.ts';

export interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export async function ask(
  { adminHttp }: Pick<RunningServer, 'adminHttp'>,
  path: string,
  method = 'GET',
): Promise<Answer> {
  assert.ok(adminHttp, 'the server has no admin-http');
  const asked = request({ ...adminHttp, path, method, agent: false }).end();
  const [response]: IncomingMessage[] = await once(asked, 'response');
  assert.ok(response);
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

/** Every sample of `/metrics`: its name with its labels, and its value. */
export async function metrics(server: Pick<RunningServer, 'adminHttp'>): Promise<Map<string, number>> {
  const { body } = await ask(server, '/metrics');
  const samples = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    samples.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}
