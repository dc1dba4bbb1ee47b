-- The trace of a message, where traces are reported: whichever hub delivers the message continues it.
alter table message add column traceparent text;        -- as of W3C Trace Context; null where nothing was traced
