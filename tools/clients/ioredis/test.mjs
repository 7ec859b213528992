// SPDX-License-Identifier: Apache-2.0
// Tries a running server with ioredis: node test.mjs PORT. Exits with 1 when a check fails.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { Redis } from 'ioredis';

const port = Number(process.env.SIGRUN_PORT);
const open = (options = {}) => new Redis({ port, host: '127.0.0.1', maxRetriesPerRequest: 1, ...options });

async function using(options, action) {
    const client = open(options);
    client.on('error', () => {}); // a command that fails says so itself
    try {
        await client.flushall();
        return await action(client);
    } finally {
        client.disconnect();
    }
}

test('connects, with its readiness check, name and database', () =>
    using({ connectionName: 'tester', db: 3, enableReadyCheck: true }, async (client) => {
        assert.equal(await client.ping(), 'PONG');
        assert.equal(await client.client('GETNAME'), 'tester');
        await client.set('here', '1');
        assert.match(await client.info('keyspace'), /db3:keys=1/);
        assert.match(await client.client('INFO'), /lib-name=ioredis/);
    }));

test('says what is wrong as errors', () =>
    using({}, async (client) => {
        await client.set('text', 'x');
        await assert.rejects(client.incr('text'), /ERR value is not an integer or out of range/);
        await assert.rejects(client.call('NOSUCH', 'a'), /ERR unknown command 'NOSUCH'/);
        assert.equal(await client.get('text'), 'x');
    }));

test('keeps strings and bytes', () =>
    using({}, async (client) => {
        const bytes = randomBytes(100_000);
        assert.equal(await client.set('bytes', bytes), 'OK');
        assert.deepEqual(await client.getBuffer('bytes'), bytes);
        assert.equal(await client.set('word', 'grüße'), 'OK');
        assert.equal(await client.get('word'), 'grüße');
        assert.equal(await client.get('none'), null);
        assert.equal(await client.set('word', 'x', 'EX', 100, 'NX'), null);
        assert.equal(await client.set('word', 'y', 'PX', 100_000, 'GET'), 'grüße');
        assert.ok((await client.pttl('word')) > 0);
        assert.deepEqual(await client.mget('word', 'none'), ['y', null]);
        assert.equal(await client.mset({ a: '1', b: '2' }), 'OK');
        assert.equal(await client.incrby('a', 41), 42);
        assert.equal(await client.incrbyfloat('b', '0.5'), '2.5');
    }));

test('pipelines', () =>
    using({}, async (client) => {
        const pipeline = client.pipeline();
        for (let i = 0; i < 5000; i++) {
            pipeline.set(`key:${i}`, i);
        }
        pipeline.incr('key:0').call('NOSUCH').get('key:4999');
        const replies = await pipeline.exec();
        assert.equal(replies.length, 5003);
        assert.deepEqual(replies[5000], [null, 1]);
        assert.match(replies[5001][0].message, /unknown command/);
        assert.deepEqual(replies[5002], [null, '4999']);
    }));

test('pipelines by itself', () =>
    using({ enableAutoPipelining: true }, async (client) => {
        const writes = Array.from({ length: 2000 }, (_, i) => client.set(`auto:${i}`, i));
        assert.ok(client.autoPipelineQueueSize > 1000);
        assert.deepEqual(new Set(await Promise.all(writes)), new Set(['OK']));
        const reads = Array.from({ length: 2000 }, (_, i) => client.get(`auto:${i}`));
        assert.deepEqual(await Promise.all(reads), Array.from({ length: 2000 }, (_, i) => `${i}`));
    }));

test('scans', () =>
    using({}, async (client) => {
        const names = Array.from({ length: 1000 }, (_, i) => `scan:${i}`);
        await client.mset(...names.flatMap((name) => [name, 'x']), 'other', 'x');
        const seen = new Set();
        for await (const keys of client.scanStream({ match: 'scan:*', count: 100 })) {
            keys.forEach((key) => seen.add(key));
        }
        assert.deepEqual([...seen].sort(), names.sort());
    }));

test('calls Bloom filters', () =>
    using({}, async (client) => {
        assert.equal(await client.call('BF.RESERVE', 'words', '0.01', '1000'), 'OK');
        assert.equal(await client.call('BF.ADD', 'words', 'one'), 1);
        assert.deepEqual(await client.call('BF.MADD', 'words', 'one', 'two'), [0, 1]);
        assert.equal(await client.call('BF.EXISTS', 'words', 'two'), 1);
        assert.deepEqual(await client.call('BF.MEXISTS', 'words', 'two', 'three'), [1, 0]);
        assert.equal(await client.call('BF.CARD', 'words'), 2);
        assert.deepEqual(
            await client.call('BF.INSERT', 'more', 'CAPACITY', 10, 'ITEMS', 'a', 'b'), [1, 1]);
        const info = await client.call('BF.INFO', 'words');
        assert.equal(info[info.indexOf('Capacity') + 1], 1000);
        await assert.rejects(client.call('BF.RESERVE', 'words', '0.01', '1'), /ERR item exists/);
        const copy = await client.callBuffer('DUMP', 'words');
        assert.equal(await client.restore('copy', 0, copy), 'OK');
        assert.equal(await client.call('BF.EXISTS', 'copy', 'one'), 1);
    }));

test('reconnects after it was thrown out', () =>
    using({}, async (client) => {
        const other = open();
        const id = await client.client('ID');
        assert.equal(await other.client('KILL', 'ID', id), 1);
        assert.equal(await client.ping(), 'PONG');
        assert.notEqual(await client.client('ID'), id);
        other.disconnect();
    }));
