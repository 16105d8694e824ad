// Package mail says things by electronic mail: it composes, sends, retries
// nothing by itself, and reports what the relay answered.
//
// # The way of a mail
//
// A [Worker] claims deliveries from the [Queue], asks it what to say, has the
// [Composer] write the message, hands that to a [Transport] and settles the
// delivery with the [workflow.Outcome]. When and how often to try again is the
// domain's decision. One-time codes skip the queue: [Courier] sends them while
// the person waits, or says that it could not.
//
// [SMTP] is the transport of a real service; [Mailbox] writes one file per
// message instead, for development and the demonstration.
//
// # The words
//
// They live in templates/mail, one file per mail and language. A file starts
// with "name: value" lines ("subject"), then come blocks separated by empty
// lines. The first characters of a line are its mark:
//
//	# heading            1. step of a numbered list
//	| label: value       line of a summary
//	> quotation          * code in large
//	@ label = address    the one button; its address is shown in clear as well
//	& label = address    a plain link
//	---                  what follows belongs to the foot, after the block
//	                     that says who sends (identity.*.md)
//
// Any other line is a line of a paragraph. {name} stands for a value. A line
// that names an empty value is left out; {?name} before a line keeps it only
// when the value is there, {!name} only when it is not. Values are put in
// after the marks are read: what people type is never a mark.
//
// Both parts, text and HTML, are renderings of the same blocks. So are the
// preview of a mail and the copy that is kept of it, for which the words of
// "masked:" in identity.*.md take the place of every personal link.
package mail
