#!/usr/bin/env node
// Sends one text message by burstd and waits for what becomes of it. Node, no package.
//
//   remind.mjs NUMBER TEXT CLIENT_REF       BURSTD_SOCKET: the gateway's socket, or BURSTD_URL: where its tunnel ends
//
// Exit status: 0 Sent Successfully, 1 Send Failed, 2 refused, 3 not handed over, 4 handed over, and no end of it yet.
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const { BURSTD_SOCKET = '/run/burstd/burstd.sock', BURSTD_URL, BURSTD_PATIENCE = '3600' } = process.env;
const timeOut = 10_000; // for one request
const tries = 3; // of handing over

// No answer, or one that says: not now. Whether the request was taken is not known.
class Away extends Error {}

function exchange(method, path, body) {
  return new Promise((resolve, reject) => {
    const where = BURSTD_URL ? new URL(BURSTD_URL) : { socketPath: BURSTD_SOCKET };
    const options = { hostname: where.hostname, port: where.port, socketPath: where.socketPath, method, path };
    const request = http.request({ ...options, agent: false, signal: AbortSignal.timeout(timeOut) }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece) => (text += piece));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode, text }));
    });
    request.on('error', reject);
    if (body) request.setHeader('Content-Type', 'application/json');
    request.end(body ? JSON.stringify(body) : undefined);
  });
}

async function ask(method, path, body) {
  let status, answer;
  try {
    const { status: code, text } = await exchange(method, path, body);
    [status, answer] = [code, JSON.parse(text)];
  } catch (trouble) {
    throw new Away(trouble.message);
  }
  if (status >= 400 && answer.retryable) throw new Away(answer.detail);
  return [status, answer];
}

// The same request with the same client_ref until there is an answer: it is taken once however often it comes.
async function handOver(method, path, body) {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    try {
      return await ask(method, path, body);
    } catch (trouble) {
      if (!(trouble instanceof Away)) throw trouble;
      console.error(`the gateway is away: ${trouble.message}`);
      if (attempt < tries) await sleep(1000);
    }
  }
  console.log('not handed over');
  process.exit(3);
}

function refuse(answer) {
  console.log(`refused: ${answer.detail}`);
  for (const fault of answer.errors) console.log(`  ${fault.pointer}: ${fault.detail}`);
  process.exit(2);
}

// Until it is Pending no longer. A gateway that is away now has the message all the same.
async function watch(item) {
  const end = Date.now() + Number(BURSTD_PATIENCE) * 1000;
  let shown;
  while (item.status === 'Pending' && Date.now() < end) {
    if (item.state !== shown) console.log(`Pending (${item.state})`);
    shown = item.state;
    await sleep(500);
    try {
      const [status, answer] = await ask('GET', `/v1/clinical-items/${item.id}`);
      if (status !== 200) refuse(answer);
      item = answer;
    } catch (trouble) {
      if (!(trouble instanceof Away)) throw trouble;
      console.error(`the gateway is away: ${trouble.message}`);
    }
  }
  return item;
}

const [number, text, clientRef] = process.argv.slice(2);
if (process.argv.length !== 5) {
  console.error('usage: remind.mjs NUMBER TEXT CLIENT_REF');
  process.exit(2);
}
const [checked, look] = await handOver('POST', '/v1/messages/check', { to: number, text });
if (checked !== 200) refuse(look);
console.log(`check: ${look.verdict}, ${look.segments} segments`);
const [status, accepted] = await handOver('POST', '/v1/messages', { client_ref: clientRef, to: number, text });
if (status !== 200 && status !== 201) refuse(accepted);
console.log(status === 200 ? 'handed over before' : 'handed over');
const item = await watch(accepted);
console.log(item.status + (item.error ? `: ${item.error}` : ''));
process.exit({ 'Sent Successfully': 0, 'Send Failed': 1 }[item.status] ?? 4);
