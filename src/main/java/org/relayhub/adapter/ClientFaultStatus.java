package org.relayhub.adapter;

import org.apache.cxf.binding.soap.SoapFault;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;

/**
 * Says 400 instead of SOAP 1.1's 500 where the caller is at fault, so that whoever watches the hub can tell a broken
 * request from a broken hub.
 */
final class ClientFaultStatus extends AbstractPhaseInterceptor<Message> {

    private static final int BAD_REQUEST = 400;

    ClientFaultStatus() {
        super(Phase.SETUP);
    }

    @Override
    public void handleMessage(Message message) {
        if (message.getContent(Exception.class) instanceof Fault fault && isClients(fault)) {
            fault.setStatusCode(BAD_REQUEST);
        }
    }

    private static boolean isClients(Fault fault) {
        String code = fault.getFaultCode() == null ? "" : fault.getFaultCode().getLocalPart();
        boolean ours = fault instanceof SoapFault && !code.equals("Server") && !code.equals("Receiver");
        return ours || code.equals("Client") || code.equals("Sender");
    }
}
