/** The questionnaire every channel has until an administrator writes another: few questions, one thing a step. */
import type { Questionnaire } from './questionnaire.ts';

export const questionnaire: Questionnaire = {
  steps: [
    {
      key: 'what',
      title: 'What happened',
      questions: [
        {
          key: 'title',
          type: 'text',
          label: 'In one line, what is it about?',
          required: true,
          help: 'You can keep this vague. Only the recipients can read it.',
        },
        {
          key: 'story',
          type: 'long-text',
          label: 'Tell what you saw',
          required: true,
          help: 'Write what you know for yourself, and what you only heard, and say which is which. Leave out what would point to you.',
        },
      ],
    },
    {
      key: 'when',
      title: 'When and where',
      questions: [
        {
          key: 'ongoing',
          type: 'choice',
          label: 'Is it still going on?',
          required: false,
          options: [
            { key: 'yes', label: 'Yes' },
            { key: 'no', label: 'No, it is over' },
            { key: 'unknown', label: 'I do not know' },
          ],
        },
        {
          key: 'ended',
          type: 'date',
          label: 'When did it end, about?',
          required: false,
          when: { question: 'ongoing', is: ['no'] },
          help: 'Leave this out if few people were there that day.',
        },
        {
          key: 'when',
          type: 'text',
          label: 'When did it happen?',
          required: false,
          help: 'A year or a season is enough. An exact time can tell who was there.',
        },
        { key: 'where', type: 'text', label: 'Where did it happen?', required: false },
      ],
    },
    {
      key: 'who',
      title: 'Who knows',
      questions: [
        { key: 'who', type: 'long-text', label: 'Who is involved?', required: false },
        {
          key: 'knowers',
          type: 'number',
          label: 'How many people know what you know, about?',
          required: false,
          min: 1,
          help: 'If it is only a few, be careful with details that only they can have.',
        },
        {
          key: 'know',
          type: 'several',
          label: 'How do you know? Choose all that fit.',
          required: false,
          options: [
            { key: 'saw', label: 'I saw or heard it myself' },
            { key: 'took-part', label: 'I took part in it' },
            { key: 'told', label: 'Somebody told me' },
            { key: 'papers', label: 'I found it in papers or files' },
          ],
        },
      ],
    },
    {
      key: 'proof',
      title: 'Files',
      questions: [
        {
          key: 'files',
          type: 'files',
          label: 'Add files, if you have any',
          required: false,
          help: 'Photos and documents can hold names, places and times inside. The recipients see the file as it is.',
        },
      ],
    },
  ],
};
