/** The words that tell a change of the last picture from a picture of its own in English, as data. `refers-patterns.ts` joins them. */

import { listOf } from "../text.ts";

/** Words that a clause may begin with and that say nothing of what is asked: politeness, praise, and what links it to the last one. */
export const FILLERS = listOf(
	"please, pls, plz, wow, oops, sorry, now, ok, okay, so, and, then, also, but, just, well, hmm, hm, actually, maybe, perhaps, oh",
	"yes, yeah, yep, no wait, wait, great, good, nice, perfect, cool, awesome, lovely, beautiful, thanks, thank you",
	"can you, could you, would you, will you, can we, could we, let's, lets, let us, i want you to, i'd like you to",
	"i would like you to, you should, you can, try to, go ahead, this time, next, finally, first, instead, kindly",
	"only, still, even, better, almost, hey, hi, great job, good job, love it, i love it, i like it, looks good, not bad",
	"that's great, that's perfect, that's good, that's nice, it's good, it's great, for this one, in this one",
	"haha, hahaha, lol, omg, btw, um, umm, hello, good morning",
	"i think, i feel like, not quite, not really, not like that, not what i meant, nope, no, almost there, very nice, so good",
	"in this picture, in this image, in the picture, in the image, in the last picture, in the last image",
);

/** Words that stand for a thing in the last picture: nothing else can be meant. */
export const PRONOUNS = listOf(
	"it, this, that, him, her, them, these, those, everything, everyone, all of it, all of them, both",
);

/** Words before a noun that is in the last picture. */
export const DETERMINERS = listOf(
	"the, his, her, their, its, this, that, these, those, my, all, all the, both, every, each",
);

/** Words before a noun that is not there yet. */
export const INDEFINITE = listOf(
	"a, an, another, some, one, two, three, four, five, several, a few, more, less, fewer, extra, any",
);

/** `change the background`: verbs that change what they name, if what they name is in the picture. */
export const CHANGE_VERBS = listOf(
	"make, change, turn, transform, convert, replace, swap, swap out, switch out, change out, remove, delete, erase, hide, put, place, move, shift, rotate",
	"flip, mirror, tilt, resize, scale, enlarge, shrink, extend, expand, outpaint, crop, trim, cut, cut out, fix, correct",
	"repair, restore, improve, enhance, adjust, tweak, refine, polish, clean up, clean, retouch, soften, brighten, darken",
	"lighten, saturate, desaturate, simplify, smooth, recolor, recolour, colorize, colourise, colorise, color, colour",
	"sharpen, blur, unblur, upscale, edit, modify, alter, update, keep, leave, preserve, redo, repaint, redraw, rerender",
	"regenerate, recreate, reimagine, restyle, reframe, dress, undress, age, give, let, use, add, include, insert, take",
	"take out, take off, take away, get rid of, fill, fill in, cover, open, close, lower, raise, increase, decrease, reduce",
	"boost, lengthen, shorten, widen, narrow, straighten, center, centre, bring, set, switch, style, stylize, stylise",
	"animate, tone down, isolate, combine, merge, blend, apply, do, try, finish, continue, rename, relight, light up, have",
	"undo, revert, drop, lose, write, paint over, zoom into, zoom in on, get, rework, rearrange, reposition, push, pull, spread",
	"bend, fade, hang, hold, wrap, translate, spell, re-draw, re-do, re-make, remake, match, mix, pose, seat, shave, paint out, touch up, clear, clear up, correct, decorate, redraw, align",
);

/** `redo with a cat`: verbs that need nothing before how. */
export const REDOING_VERBS = listOf(
	"redo, remake, recreate, regenerate, redraw, repaint, rerender, reimagine, retry, again, same again, try, try again",
);

/** `make text bigger`: verbs that change a part of any picture, which needs no word before it. */
export const PART_VERBS = listOf(
	"change, fix, replace, swap, adjust, improve, enhance, translate, blur, center, centre, edit, move, recolor, recolour, correct",
);
export const PARTS = listOf(
	"text, background, bg, color, colour, colors, colours, contrast, brightness, saturation, noise, watermark, people, shadows, detail, details",
	"hair, face, faces, eyes, hands, fingers, skin, pose, outfit, clothes, expression, lighting, sky, font, title, logo, typo, typos, style, angle, quality",
);

/** `add a hat`: verbs that bring something into the picture. */
export const ADD_VERBS = listOf(
	"add, include, insert, put, place, give it, give him, give her, give them, use, apply, try, overlay, bring in",
);

/** `remove text`: verbs that need no word before what they name. */
export const BARE_VERBS = listOf(
	"add, remove, delete, erase, increase, decrease, reduce, use, insert, rotate by, unblur, desaturate, keep, get rid of, fix",
);

/** `try again`: whole clauses that ask for the same once more. */
export const ONCE_MORE = listOf(
	"again, once more, once again, one more time, try again, retry, redo, redo it, regenerate, repeat, do over, reroll",
	"another try, another version, another take, another variation, do another, do another one",
	"a different version, a different one, more variations, more of this, same again, undo, revert, go back",
	"zoom in, zoom out, unblur, upscale, sharpen, colorize, the same, same, same thing, simplify, enhance, desaturate, hd, high res",
	"full body, full body shot, close up, close-up, wide shot, sepia, vertical, horizontal",
);

/** `three variations`: what is made of the last picture, though an article stands before it. */
export const VERSIONS = listOf(
	"version, versions, variation, variations, variant, variants, take, takes, option, options, alternative, alternatives",
);

/** `brighter`, `more contrast`: comparatives that compare with the last picture. */
export const COMPARATIVES = listOf(
	"more, less, fewer, bigger, smaller, larger, brighter, darker, lighter, warmer, cooler, colder, sharper, softer, simpler",
	"higher, lower, closer, longer, shorter, taller, wider, thicker, thinner, younger, older, happier, sadder, angrier, cuter",
	"prettier, scarier, funnier, cleaner, clearer, smoother, rounder, fatter, slimmer, stronger, weaker, deeper, richer",
	"busier, calmer, moodier, grittier, bolder, fancier, nicer, better, faster, slower, cozier, cosier, spookier, messier",
	"less of, more of",
);
export const INTENSIFIERS = listOf(
	"a bit, a little, a little bit, a lot, slightly, somewhat, much, even, way, far, too, not so, not that, not as, not too",
);

/** `in the style of Picasso`: alone in a message, these ask for the last picture in another way. */
export const MANNERS = listOf(
	"in the style of, in style of, as a, as an, as if, in black and white, in color, in colour, in watercolor, in watercolour",
	"in oil, in pencil, in winter, in summer, in spring, in autumn, in the winter, in the rain, in 3d, in 4k, in pixel art",
	"in high resolution, at night, at sunset, at sunrise, at dawn, at dusk, from above, from below, from behind, from the side",
	"from another angle, from a different angle, but with, but in, but at, but as, but without",
);
/** `anime style`: the last word of a message that is hardly more. */
export const MANNER_NOUNS = listOf(
	"style, background, orientation, instead, version, lighting, colors, colours, palette, mode, angle, resolution, perspective, hair, look",
	"tone, tones, mood",
);

/** `this is great`: what is said of the picture as a whole. It holds no wish. */
export const PRAISE = listOf(
	"great, good, nice, perfect, cool, awesome, lovely, beautiful, amazing, wonderful, fantastic, excellent, stunning, gorgeous",
	"brilliant, superb, cute, ok, okay, fine, better, impressive, not bad, pretty, incredible, magnificent, adorable, fabulous",
	"terrific, neat, spot on, exactly what i wanted, what i wanted, exactly what i needed, what i needed",
	"exactly it, hilarious",
);
export const COMPLAINTS = listOf("ugly, bad, terrible, awful, horrible, weird, boring, wrong, not good, not right");
/** `awesome work`: what is judged, behind the judgement. */
export const JUDGED_THINGS = listOf("work, job, one, stuff, result, picture, image, photo, pic");
/** `nailed it`, `wunderschön`: whole clauses that praise and blame, in English and where only praise is known. */
export const EXCLAMATIONS = listOf(
	"nailed it, you're the best, meh, this sucks, 10/10, yyds, really, très beau, magnifique, super, sehr schön, wunderschön",
	"qué bonito, me encanta, bellissimo, lindo, очень красиво, すごい, かわいい",
);
/** `no more changes`, `leave it as it is`: whoever says so wants nothing more. */
export const CONTENT = listOf(
	"no more, done, i'm done, enough, that's enough, that's all, that's it, good enough",
	"wait, wait a moment, one moment, hold on, stop generating, nevermind",
);
export const CHANGES = listOf("changes, edits, pictures, images, photos, versions");
export const AS_IT_IS = listOf("as it is, as is, like this, like that, that way, the way it is, alone");
export const JUDGED_HOW = listOf("so, very, really, pretty, quite, absolutely, just, super, much");
/** `his hand has six fingers`. */
export const LIMBS = listOf(
	"leg, legs, finger, fingers, arm, arms, hand, hands, eye, eyes, foot, feet, toe, toes, ear, ears, tail, tails, head, heads, paw, paws, wing, wings",
);
/** `she should smile`: these tell a story, too, so they count with a few words only. */
export const SUBJECTS = listOf("he, she, they");
/** `the hands look wrong`: what is said of something in the picture that should be otherwise. */
export const WISHES = listOf(
	"should, shouldn't, should not, must, mustn't, needs, need, need to, needs to, has to, have to, could, would",
	"is not, are not, isn't, aren't, doesn't, does not, don't, do not, could use, can be",
);
/** `it's too dark`, `her face is distorted`: behind `is`, `are` and `'s`. */
export const FAULTS = listOf(
	"too, wrong, missing, misspelled, misspelt, blurry, cut off, off, distorted, deformed, disfigured, warped, crooked, mangled",
	"upside down, messed up, unrealistic, unnatural, not right, backwards, out of focus, illegible, unreadable, garbled, pixelated",
);
/** `you forgot the moon`, `I said three cats`: the picture is not what was asked for. */
export const REPROACHES = listOf(
	"you forgot, you missed, you left out, you didn't, you did not, you ignored, you misspelled, you misspelt, i said, i asked for",
	"i asked you, i meant, i wanted, i don't see, i do not see, i can't see, i cannot see",
);
/** `it needs more light`, `can it be at night`, `I want the fox to smile`. */
export const WISHES_BEFORE = listOf(
	"i want, i need, i'd like, i would like, i prefer, i'd prefer, i don't like, i do not like, i don't want, i do not want, can",
	"could, what if, should, how about if, i'd rather have, i hate, i mean, don't, do not, imagine if, what about if, what would, how would",
);

/** Verbs that make a picture, with what they may stand beside: `draw a cat`, `show me two dogs`. */
export const MAKING_VERBS = listOf(
	"draw, draw me, create, create me, generate, generate me, make, make me, paint, paint me, render, design, design me, sketch",
	"illustrate, show me, show, give me, i want, i need, i'd like, i would like, imagine, produce, get me, i'd love, picture",
	"do, do me, how about, what about, let me see, can i have, can i get, could i have, i'm looking for",
);
/** `a new picture`: the last one is over. */
export const PICTURE_NOUNS = listOf(
	"picture, image, photo, photograph, illustration, drawing, painting, one, scene, subject, topic, idea, prompt, artwork, pic",
);
export const NEW_WORDS = listOf(
	"new, different, completely different, totally different, fresh, separate, unrelated, brand new, completely new, whole new",
);
/** Clauses that begin so turn to something else. */
export const TURNING_AWAY = listOf(
	"something else, something different, something completely different, something new, forget, never mind, nevermind, start over",
	"start fresh, start again, fresh start, start from scratch, from scratch, surprise me, do something else, draw something",
	"new topic, next up, moving on",
);

export const COLOURS = listOf(
	"red, blue, green, yellow, orange, pink, purple, violet, black, white, grey, gray, brown, gold, golden, silver, turquoise, beige",
);

/** `turn this poem into a painting`: texts that a message holds, to be drawn, and what becomes of them. */
export const TEXTS = listOf(
	"text, haiku, poem, sentence, quote, paragraph, story, lyrics, article, transcript, words, recipe, list, data, markdown, message, content",
);
export const TEXT_VERBS = listOf(
	"turn, convert, transform, translate, take, render, paint, draw, make, put, write, use, show, i want, i need",
);
export const MEDIA = listOf(
	"image, picture, photo, painting, drawing, illustration, infographic, poster, banner, card, comic, storyboard, diagram, chart, emoji, hieroglyphs, art",
);
