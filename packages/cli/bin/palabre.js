#!/usr/bin/env node
// The way in. In JavaScript, because Node.js would load what strips types for it at every start (40 ms of 150 to the first prompt); all that comes after
// it is stripped and compiled once, and then read from the compile cache.
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('#main');
