package org.payhub.web.shared;

import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerFactory;

/** Puts our {@link HubExceptionHandler} before the one of Faces; named in faces-config. */
public class HubExceptionHandlers extends ExceptionHandlerFactory {

    /** Called by Faces. */
    public HubExceptionHandlers(ExceptionHandlerFactory wrapped) {
        super(wrapped);
    }

    @Override
    public ExceptionHandler getExceptionHandler() {
        return new HubExceptionHandler(getWrapped().getExceptionHandler());
    }
}
