import type { FastifyRequest } from 'fastify';
import { modelViewer } from '../../access/index.ts';
import * as collections from '../../resources/collections.ts';
import * as fields from '../../resources/fields.ts';
import type { ModelContext } from '../../resources/model-context.ts';
import * as relations from '../../resources/relations.ts';
import { sendData, sendNothing } from '../answer.ts';
import type { HttpParts } from '../context.ts';
import type { Handler } from './items.ts';

type Verb = 'list' | 'read' | 'create' | 'update' | 'updateMany' | 'delete';

interface ModelParams {
  collection: string;
  field: string;
}

/** The data model itself: what there is, and changes of it. */
export function modelHandlers({ schema }: HttpParts): {
  collections: Record<Verb, Handler>;
  fields: Record<Verb, Handler>;
  relations: Record<Exclude<Verb, 'updateMany'>, Handler>;
} {
  const context = (request: FastifyRequest): ModelContext => ({ schema, viewer: modelViewer(request.access.profile) });
  const of = (request: FastifyRequest): ModelParams => request.params as ModelParams;
  /** A missing body is an empty one, for the checks to find what is missing in it. */
  const body = (request: FastifyRequest): unknown => request.body ?? {};
  return {
    collections: {
      list: async (request, reply) => sendData(reply, collections.listCollections(context(request))),
      read: async (request, reply) =>
        sendData(reply, collections.readCollection(context(request), of(request).collection)),
      create: async (request, reply) =>
        sendData(reply, await collections.createCollections(context(request), body(request))),
      update: async (request, reply) =>
        sendData(reply, await collections.updateCollection(context(request), of(request).collection, body(request))),
      updateMany: async (request, reply) =>
        sendData(reply, await collections.updateCollections(context(request), body(request))),
      delete: async (request, reply) => {
        await collections.deleteCollection(context(request), of(request).collection);
        return sendNothing(reply);
      },
    },
    fields: {
      list: async (request, reply) => {
        const { collection } = of(request);
        const listed =
          collection === undefined
            ? fields.listFields(context(request))
            : fields.listFieldsOf(context(request), collection);
        return sendData(reply, listed);
      },
      read: async (request, reply) =>
        sendData(reply, fields.readField(context(request), of(request).collection, of(request).field)),
      create: async (request, reply) =>
        sendData(reply, await fields.createField(context(request), of(request).collection, body(request))),
      update: async (request, reply) =>
        sendData(
          reply,
          await fields.updateField(context(request), of(request).collection, of(request).field, body(request)),
        ),
      updateMany: async (request, reply) =>
        sendData(reply, await fields.updateFields(context(request), of(request).collection, body(request))),
      delete: async (request, reply) => {
        await fields.deleteField(context(request), of(request).collection, of(request).field);
        return sendNothing(reply);
      },
    },
    relations: {
      list: async (request, reply) => {
        const { collection } = of(request);
        const listed =
          collection === undefined
            ? relations.listRelations(context(request))
            : relations.listRelationsOf(context(request), collection);
        return sendData(reply, listed);
      },
      read: async (request, reply) =>
        sendData(reply, relations.readRelation(context(request), of(request).collection, of(request).field)),
      create: async (request, reply) =>
        sendData(reply, await relations.createRelation(context(request), body(request))),
      update: async (request, reply) =>
        sendData(
          reply,
          await relations.updateRelation(context(request), of(request).collection, of(request).field, body(request)),
        ),
      delete: async (request, reply) => {
        await relations.deleteRelation(context(request), of(request).collection, of(request).field);
        return sendNothing(reply);
      },
    },
  };
}
