// schemathesis over the OpenAPI document that the real server serves: no answer may be a server error, and what is
// answered with JSON must be as the document says. Once as a stranger, once with an administrator's bearer token.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { TARGET } from '../browser/lib/paths.mjs';
import { Server } from '../browser/lib/server.mjs';

// schemathesis keeps notes where it runs, so it runs where nothing is tracked.
const FOLDER = path.join(TARGET, 'schemathesis');
const PROGRAM = process.env.ROUNDS_SCHEMATHESIS ?? path.join(FOLDER, 'bin', 'schemathesis');
const CHECKS = ['not_a_server_error', 'response_schema_conformance', 'content_type_conformance', 'status_code_conformance'];
// The same requests every time: what one run finds, the next one finds again.
const SEED = '20260630';

/** Runs schemathesis once and returns whether all checks passed. */
async function examine(server, name, seconds, headers) {
  console.log(`\n-- ${name}`);
  const options = [
    'run',
    `${server.address}/api/openapi.json`,
    '--checks', CHECKS.join(','),
    '--phases', 'examples,coverage,fuzzing',
    '--max-examples', '40',
    '--max-time', String(seconds),
    '--seed', SEED,
    '--warnings', 'off',
    '--request-timeout', '20',
    ...headers.flatMap((header) => ['--header', header]),
  ];
  const child = spawn(PROGRAM, options, { cwd: FOLDER, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return code === 0;
}

const server = await Server.demo();
try {
  const token = await server.token('administrator');
  const stranger = await examine(server, 'without a login', 40, []);
  const administrator = await examine(server, "with an administrator's token", 110, [`Authorization: Bearer ${token}`]);
  process.exitCode = stranger && administrator ? 0 : 1;
} finally {
  await server.remove();
}
