#!/usr/bin/env node
// Raises or clears an alarm over AMQP 1.0, as a network platform would.
//
//   npm install rhea
//   node examples/amqp/alarm.js raise [ALARM-ID] [NODE] [LINE] [SEVERITY]      (a new id, 250, NJ-0001, MAJOR)
//   node examples/amqp/alarm.js clear ALARM-ID [NODE] [LINE] [SEVERITY]
//
// It is published in the name of the NODE's platform, NETW-<NODE>. The hub answers nothing: what is active is under
// /api/alarms, and what it could not take is in the queue hub.invalid with the reason.
// Environment: BROKER_HOST (127.0.0.1), BROKER_PORT (61616), HUB_PASSWORD (demo). Exit status: 0 the broker has it, 3 it does
// not.
'use strict';

const rhea = require('rhea');

const [what, id = `ALARM-${Date.now()}`, node = '250', line = 'NJ-0001', severity = 'MAJOR'] = process.argv.slice(2);
if (what !== 'raise' && (what !== 'clear' || process.argv.length < 4)) {
    console.error('usage: alarm.js raise [ALARM-ID] [NODE] [LINE] [SEVERITY]\n       alarm.js clear ALARM-ID [NODE] [LINE] [SEVERITY]');
    process.exit(2);
}

// China time, as every time of a document.
const now = new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 19).replace('T', ' ');
const text = value => value.replace(/[&<>]/g, c => ({'&': '&amp;', '<': '&lt;', '>': '&gt;'}[c]));
const alarm = '<Alarm xmlns="urn:relay-hub:interboss:1">'
    + `<AlarmId>${text(id)}</AlarmId><NODE>${text(node)}</NODE><LineNo>${text(line)}</LineNo><Severity>${text(severity)}</Severity>`
    // A clearing holds for all that was raised until it, so it need not know when that was.
    + `<RaisedTime>${now}</RaisedTime>${what === 'clear' ? `<ClearedTime>${now}</ClearedTime>` : ''}</Alarm>`;

const connection = rhea.connect({
    host: process.env.BROKER_HOST || '127.0.0.1',
    port: Number(process.env.BROKER_PORT || 61616),
    username: `netw-${node}`,
    password: process.env.HUB_PASSWORD || 'demo',
    reconnect: false
});

function end(status, words) {
    console.log(words);
    connection.close();
    process.exitCode = status;
}

connection.once('sendable', context => context.sender.send({durable: true, body: alarm}));
connection.once('accepted', () => end(0, `${what === 'raise' ? 'Raised' : 'Cleared'} ${id}.`));
for (const failure of ['rejected', 'released', 'connection_error', 'sender_error', 'disconnected']) {
    connection.on(failure, context => {
        const error = context.error || (context.delivery && context.delivery.remote_state && context.delivery.remote_state.error)
            || (context.sender || context.connection || {}).error;
        if (process.exitCode === undefined) {
            end(3, `The broker refuses or is not there${error ? ': ' + (error.description || error.message) : '.'}`);
        }
    });
}

// A topic: every subscription gets it.
connection.open_sender({target: {address: 'network.alarms', capabilities: ['topic']}});
