/**
 * The one generic dialog, on botbuilder-dialogs: every file of the admins runs on it. Its stack is rebuilt each turn from the progress
 * that the conversation's log keeps, so there is no second state to fall out of step. Slow to load: import it when a dialog begins.
 */
import { MessageFactory, type TurnContext } from 'botbuilder';
import { Dialog, DialogContext, DialogSet, type DialogTurnResult } from 'botbuilder-dialogs';
import type { Course, World } from './course.ts';
import type { Dialog as Definition } from './dialog.ts';
import { library } from './library.ts';
import type { Progress } from './progress.ts';
import type { Said } from './recognise.ts';
import { advance, resume, type Start, start } from './runner.ts';

/** What a turn adds to the library's readers. */
export type Surroundings = Omit<World, 'recognisers'>;

const name = 'guided';

class GuidedDialog extends Dialog {
  readonly #definition: Definition;
  readonly #said: Said;
  readonly #world: World;
  course: Course | undefined;

  constructor(definition: Definition, said: Said, world: World) {
    super(name);
    this.#definition = definition;
    this.#said = said;
    this.#world = world;
  }

  override async beginDialog(dc: DialogContext, opening?: Start): Promise<DialogTurnResult> {
    if (!opening) throw new Error('A guided dialog begins with what is known.');
    return this.#follow(dc, await start(this.#definition, opening, this.#world));
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const progress = dc.activeDialog?.state as Progress;
    if (progress.version === this.#definition.version)
      return this.#follow(dc, await advance(this.#definition, progress, this.#said, this.#world));
    const resumed = await resume(this.#definition, progress, this.#said.language, this.#world);
    // Where the same question is still the next one, what was just said is its answer.
    if (progress.at === null || resumed.done || resumed.progress.at !== progress.at) return this.#follow(dc, resumed);
    const [told] = resumed.replies;
    const answered = await advance(this.#definition, resumed.progress, this.#said, this.#world);
    const notice = told?.text.split('\n\n')[0] ?? '';
    return this.#follow(dc, { ...answered, replies: [{ text: notice, buttons: [] }, ...answered.replies] });
  }

  async #follow(dc: DialogContext, course: Course): Promise<DialogTurnResult> {
    this.course = course;
    for (const { text, buttons } of course.replies)
      await dc.context.sendActivity({
        ...(buttons.length > 0 ? MessageFactory.suggestedActions([...buttons], text) : MessageFactory.text(text)),
        textFormat: 'markdown',
      });
    if (course.done) return dc.endDialog(course.done);
    if (dc.activeDialog) dc.activeDialog.state = course.progress;
    return Dialog.EndOfTurn;
  }
}

/** Begins a dialog (`opening`) or takes one turn of it (`progress`), says what there is to say, and tells how it went. */
export async function runGuided(
  context: TurnContext,
  definition: Definition,
  from: { readonly opening: Start } | { readonly progress: Progress },
  said: Said,
  surroundings: Surroundings,
): Promise<Course> {
  const dialog = new GuidedDialog(definition, said, { ...surroundings, recognisers: library });
  const dialogs = new DialogSet();
  dialogs.add(dialog);
  const dialogStack = 'progress' in from ? [{ id: name, state: from.progress }] : [];
  const dc = new DialogContext(dialogs, context, { dialogStack });
  await ('opening' in from ? dc.beginDialog(name, from.opening) : dc.continueDialog());
  if (!dialog.course) throw new Error('The dialog was not run.');
  return dialog.course;
}
