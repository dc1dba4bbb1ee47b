package org.relayhub.diagnosis;

import org.relayhub.delivery.lane.PeerCall;

/** One question of a diagnosis to one source. */
public record Question(Topic topic, PeerCall call) {}
