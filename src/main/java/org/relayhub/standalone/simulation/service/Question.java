package org.relayhub.standalone.simulation.service;

import java.time.Instant;
import org.relayhub.message.Activity;
import org.relayhub.message.Body;
import org.relayhub.message.Party;

/**
 * What a peer is asked or told to do, and answers on the spot.
 *
 * @param self the peer
 * @param at when it was asked
 */
public record Question(Party self, Activity activity, Body body, Instant at) {}
