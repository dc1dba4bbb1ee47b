#!/usr/bin/env node
// Sends a document over AMQP 1.0 as a JMS party would, waits for the answer, and prints it.
//
//   npm install rhea
//   node examples/amqp/exchange.js [FILE] [PARTY]      (examples/dispatch/request.xml, CRM-250)
//
// The document is taken out of FILE's SOAP envelope and sent in PARTY's name, with a TransIDO of its own and, if it is a
// dispatch, a new ticket of PARTY's province.
// Environment: BROKER_HOST (127.0.0.1), BROKER_PORT (61616), HUB_PASSWORD (demo). Exit status: 0 accepted, 1 refused,
// 3 no answer within 15 seconds.
'use strict';

const fs = require('fs');
const path = require('path');
const rhea = require('rhea');

const file = process.argv[2] || path.join(__dirname, '..', 'dispatch', 'request.xml');
const party = process.argv[3] || 'CRM-250';
const [domain, node] = party.split('-');
const now = Date.now().toString();

let document = fs.readFileSync(file, 'utf8').match(/<(\w+:)?InterBOSS[\s\S]*<\/(\w+:)?InterBOSS>/)[0]
    .replace(/(<OrigDomain>)[^<]*/, `$1${domain}`)
    .replace(/(<MsgSender>)[^<]*/, `$1${node}0`)
    .replace(/(<TransIDO>)[^<]*/, `$1${domain}${node}AMQP${now}`);
if (document.includes('<DispatchReq')) {
    document = document.replace(/(<IndictSeq>.{12})\d{10}/, `$1${node}${now.slice(-7)}`)
        .replace(/(<HomeProv>)[^<]*/, `$1${node}`);
}

const connection = rhea.connect({
    host: process.env.BROKER_HOST || '127.0.0.1',
    port: Number(process.env.BROKER_PORT || 61616),
    username: party.toLowerCase(),
    password: process.env.HUB_PASSWORD || 'demo',
    reconnect: false
});

function end(status, text) {
    console.log(text);
    connection.close();
    process.exitCode = status;
}

const late = setTimeout(() => end(3, 'No answer within 15 seconds.'), 15000);

connection.once('receiver_open', context => {
    const sender = connection.open_sender(`hub.in.${party}`);
    sender.once('sendable', () => sender.send({
        durable: true,
        message_id: `exchange-${now}`,
        reply_to: context.receiver.remote.attach.source.address,
        body: document
    }));
});
connection.once('message', context => {
    clearTimeout(late);
    const answer = context.message.body;
    end(answer.includes('<RspCode>0000</RspCode>') ? 0 : 1, `${context.message.correlation_id}: ${answer}`);
});
for (const failure of ['connection_error', 'receiver_error', 'sender_error', 'disconnected']) {
    connection.on(failure, context => {
        const link = context.receiver || context.sender || context.connection;
        const error = context.error || (link && link.error);
        clearTimeout(late);
        if (process.exitCode === undefined) {
            end(3, `The broker refuses or is not there${error ? ': ' + (error.description || error.message) : '.'}`);
        }
    });
}

// A temporary queue for the answer, which the broker names.
connection.open_receiver({source: {dynamic: true}});
