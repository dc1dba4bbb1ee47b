package org.relayhub.standalone.simulation.service;

import java.time.Instant;
import java.util.Map;
import java.util.Random;

/**
 * One row of an answer before it is written.
 *
 * @param at what it is dated
 * @param rank its place among the rows, newest first, from 0
 * @param pick its place in the values of columns of kind EACH, which begin again at their end
 * @param known values that it has by name: what was asked for, and what the platform keeps
 * @param chance by which the other values fall
 */
record Entry(Instant at, int rank, int pick, Map<String, String> known, Random chance) {}
