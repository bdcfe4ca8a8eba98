import { defineAction } from 'astro:actions';
import { createItem, deleteItem, updateMe } from '@directus/sdk';
import { z } from 'astro/zod';
import { told } from './refusals';

const text = z.string();

/** Who may do what is decided by the API: each client is signed in as the person who sent the form. */
export const server = {
  register: defineAction({
    accept: 'form',
    input: z.object({ email: text, password: text }),
    handler: (form, { locals }) => told(locals.session.register(form)),
  }),
  login: defineAction({
    accept: 'form',
    input: z.object({ email: text, password: text }),
    handler: (form, { locals }) => told(locals.session.login(form)),
  }),
  loginWith: defineAction({
    accept: 'form',
    input: z.object({ provider: text }),
    handler: ({ provider }, { locals }) => told(locals.session.loginWith(provider)),
  }),
  logout: defineAction({
    accept: 'form',
    handler: (_form, { locals }) => told(locals.session.logout()),
  }),
  changeProfile: defineAction({
    accept: 'form',
    input: z.object({ email: text }),
    handler: async (form, { locals }) => {
      await told(locals.session.client.request(updateMe(form)));
    },
  }),
  addPost: defineAction({
    accept: 'form',
    input: z.object({ title: text }),
    handler: async (form, { locals }) => {
      await told(locals.session.client.request(createItem('posts', form)));
    },
  }),
  removePost: defineAction({
    accept: 'form',
    input: z.object({ id: z.number() }),
    handler: ({ id }, { locals }) => told(locals.session.client.request(deleteItem('posts', id))),
  }),
};
