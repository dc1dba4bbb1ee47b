package org.relayhub.diagnosis.verdict;

/** What a diagnosis comes to: contract, DiagnoseRsp. */
public enum Verdict {
    CONSTRUCTION_UNFINISHED("工程未完工"),
    NETWORK_FAULT("网络侧故障"),
    STATE_MISMATCH("平台状态不一致"),
    CUSTOMER_FAULT("客户侧故障"),
    NONE_FOUND("未发现异常");

    private final String nameZh;

    Verdict(String nameZh) {
        this.nameZh = nameZh;
    }

    public String nameZh() {
        return nameZh;
    }
}
