// The gateway as a value: an application made of a configuration and its parts, without a port, a signal or a global.
//
// Plugins see every request, in the order in which they stand here; routes come last. Both are plain functions of the application and
// of the parts they need.

import type { IncomingMessage, ServerResponse } from 'node:http'
import multipart from '@fastify/multipart'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  LogController,
  type RawServerDefault,
} from 'fastify'
import { trustOf } from './identity/forwarded.ts'
import { standardOutput } from './log/output.ts'
import { RequestLog } from './log/request-log.ts'
import type { Parts } from './parts.ts'
import { addAccess } from './plugins/access.ts'
import { addAccessLog, logOptions } from './plugins/access-log.ts'
import { addCompression } from './plugins/compression.ts'
import { addCourse } from './plugins/course.ts'
import { addDeprecation } from './plugins/deprecation.ts'
import { addDescriptions } from './plugins/described.ts'
import { addErrors } from './plugins/errors.ts'
import { addHeaders } from './plugins/headers.ts'
import { addHosts } from './plugins/hosts.ts'
import { addKeeping } from './plugins/keeping.ts'
import { requestLimits } from './plugins/limits.ts'
import { addLoadShedding } from './plugins/load.ts'
import { addMetrics } from './plugins/metrics.ts'
import { addOrigins } from './plugins/origins.ts'
import { addReadOnly } from './plugins/read-only.ts'
import { newRequestId } from './plugins/request-id.ts'
import { addTracing } from './plugins/tracing.ts'
import { addUsage } from './plugins/usage.ts'
import { validatorCompiler } from './plugins/validation.ts'
import { addAnalyzeRoutes } from './routes/analyze.ts'
import { addBatchRoutes } from './routes/batch.ts'
import { addBrowserApprovalRoutes } from './routes/browser-approval.ts'
import { addCacheRoutes } from './routes/cache.ts'
import { addChatRoutes } from './routes/chat.ts'
import { addDescriptionRoutes } from './routes/description.ts'
import { addDeviceRoutes } from './routes/devices.ts'
import { addExportRoutes } from './routes/export.ts'
import { addFunctionRoutes } from './routes/functions.ts'
import { addGraphQlRoutes } from './routes/graphql.ts'
import { addHealthRoutes } from './routes/health.ts'
import { addHistoryRoutes } from './routes/history.ts'
import { addIdentityRoutes } from './routes/identities.ts'
import { addInvitationRoutes } from './routes/invitations.ts'
import { addKeyRoutes } from './routes/keys.ts'
import { addLogLevelRoutes } from './routes/log-level.ts'
import { addLoginRoutes } from './routes/login.ts'
import { addMetricsRoutes } from './routes/metrics.ts'
import { addModelHistoryRoutes } from './routes/model-history.ts'
import { addModelRoutes } from './routes/models.ts'
import { addOauthRoutes } from './routes/oauth.ts'
import { addOipRoutes } from './routes/oip.ts'
import { addSessionRoutes } from './routes/sessions.ts'
import { addTeamRoutes } from './routes/teams.ts'

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

export async function buildApp(parts: Parts): Promise<App> {
  const { http, log, limits } = parts.config
  const lines = parts.logStream ?? standardOutput()
  const app = Fastify({
    logger: logOptions(log.level, lines),
    childLoggerFactory: (own, bindings) => new RequestLog(own, bindings),
    // One line for each request is ours: see `plugins/access-log.ts`.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: http.bodyLimit,
    requestTimeout: http.receiveSeconds * 1000,
    keepAliveTimeout: http.keepAliveSeconds * 1000,
    trustProxy: trustOf(http.trustProxy),
    genReqId: newRequestId,
    // A connection that is kept waits for nothing: only those in the middle of a request are let finish.
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 256 },
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.setValidatorCompiler(validatorCompiler())

  addErrors(app)
  addCourse(app)
  addHeaders(app)
  addOrigins(app, http.origins)
  addTracing(app, parts.tracer)
  addAccessLog(app, lines)
  addMetrics(app, parts.metrics)
  addHosts(app, parts.config)
  addLoadShedding(app, limits.delayMs)
  const requests = requestLimits(parts.config, parts.buckets)
  requests.addByAddress(app)
  addAccess(app, parts.authenticators, requests.refused)
  addUsage(app, parts.usage)
  requests.addByCaller(app)
  addReadOnly(app, limits.readOnly)
  addDescriptions(app)
  addDeprecation(app)
  addKeeping(app)
  addCompression(app)

  addHealthRoutes(app, parts)
  addOipRoutes(app, parts)
  addChatRoutes(app, parts)
  // What reads forms looks after every request that it sees: it sees these only.
  await app.register(async scope => {
    await scope.register(multipart)
    addAnalyzeRoutes(scope as App, parts)
    addBatchRoutes(scope as App, parts)
  })
  addModelRoutes(app, parts)
  addModelHistoryRoutes(app, parts)
  addFunctionRoutes(app, parts)
  addGraphQlRoutes(app, parts)
  addKeyRoutes(app, parts)
  addHistoryRoutes(app, parts)
  addMetricsRoutes(app, parts)
  addCacheRoutes(app, parts)
  addOauthRoutes(app, parts)
  addDeviceRoutes(app, parts)
  addLoginRoutes(app, parts)
  addBrowserApprovalRoutes(app, parts)
  addSessionRoutes(app, parts)
  addTeamRoutes(app, parts)
  addInvitationRoutes(app, parts)
  addIdentityRoutes(app, parts)
  addLogLevelRoutes(app, parts)
  addExportRoutes(app, parts)
  addDescriptionRoutes(app, parts)
  return app
}
