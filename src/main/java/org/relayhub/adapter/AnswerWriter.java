package org.relayhub.adapter;

import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.Answer;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.codec.ResponseDocument;
import org.relayhub.message.codec.WireForm;

/** Writes the answer to a request in the form that the asking party wants. */
public final class AnswerWriter {

    private final ResponseDocument documents;
    private final Directory directory;

    public AnswerWriter(ResponseDocument documents, Directory directory) {
        this.documents = documents;
        this.directory = directory;
    }

    /** The answer as it goes over the wire. */
    public String write(InterBossDocument request, Answer answer) {
        WireForm form = request.headerFault() != null
                ? WireForm.CHILD
                : directory
                        .find(request.header().sender())
                        .map(PartyEntry::form)
                        .orElse(WireForm.CHILD);
        return form.render(documents.canonical(request, answer), null);
    }
}
