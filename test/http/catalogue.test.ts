import type { FastifyInstance } from 'fastify'
import { test } from 'tap'
import { canonicalJson, digestOf } from '../../src/rulebook/digest.js'
